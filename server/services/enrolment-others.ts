/** Compares a new face with everyone already enrolled: the same face under a second number, and look-alikes who will need a card. */
import { type Descriptor, meanDescriptor } from "../recognition/descriptor.ts";
import { identify } from "../recognition/identify.ts";
import { LOOK_ALIKE_DEPTH, lookAlikes } from "../recognition/verify.ts";
import type { FaceIndex } from "./face-index.ts";

export interface Resemblance {
	/** The door would take this face for that other person: most likely it is the same face. */
	readonly sameAs?: string;
	/** Others within the twin limit, nearest first; `sameAs` among them. */
	readonly alike: readonly string[];
}

/** Looks among the approved only. Linear in the gallery, some milliseconds for 10,000 people. */
export function compareWithOthers(
	{ gallery, recogniser }: Pick<FaceIndex, "gallery" | "recogniser">,
	employeeId: string,
	descriptors: readonly Descriptor[],
): Resemblance {
	const { thresholds } = recogniser;
	const eligible = (id: string) => id !== employeeId;
	const found = identify(gallery.rank(meanDescriptor(descriptors), { eligible }), { thresholds });
	const sameAs = found.kind === "match" ? found.personId : undefined;
	const rankings = descriptors.map((descriptor) =>
		gallery.rank(descriptor, { eligible, depth: LOOK_ALIKE_DEPTH }),
	);
	const alike = lookAlikes(rankings, employeeId, thresholds).map(({ personId }) => personId);
	return { sameAs, alike: [...new Set(sameAs ? [sameAs, ...alike] : alike)] };
}
