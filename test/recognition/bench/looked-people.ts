/** Everyone of the folder as the product sees them: each photo in a room, looked at once, judged by the gates of the door. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import type { Descriptor } from "../../../server/recognition/descriptor.ts";
import type { PhotoDescriber } from "../../../server/recognition/photo-describer.ts";
import {
	type Advice,
	assessFrame,
	type FrameMeasures,
	PUNCH_LIMITS,
} from "../../../server/recognition/quality.ts";
import type { FolderPerson, Market, PhotoFile } from "./face-folder.ts";
import { inRoom, VARIANTS_VERSION, type Variant, variantOf } from "./photo-variants.ts";

/** A frame at the door. `advice` other than `ok`: the kiosk would not have taken it. */
export interface Frame {
	readonly advice: Advice | "no_face";
	readonly descriptor?: Descriptor;
	readonly measures?: FrameMeasures;
}

export interface LookedPhoto extends Frame {
	readonly id: string;
	/** The picture in its room: what enrolment is given. */
	readonly bytes: Uint8Array;
	/** Other frames made of this photo; made and looked at when asked for. */
	variant(name: Variant): Promise<Frame>;
}

export interface LookedPerson {
	readonly personId: string;
	readonly group: string;
	readonly market: Market;
	readonly photos: readonly LookedPhoto[];
}

/** Looks at everyone. `told` hears of progress. */
export async function lookAtPeople(
	describer: PhotoDescriber,
	people: readonly FolderPerson[],
	folder: string,
	told: (done: number, of: number) => void = () => {},
): Promise<LookedPerson[]> {
	mkdirSync(folder, { recursive: true });
	const of = people.reduce((sum, p) => sum + p.photos.length, 0);
	const out: LookedPerson[] = [];
	let done = 0;
	for (const person of people) {
		const photos: LookedPhoto[] = [];
		for (const photo of person.photos) {
			photos.push(await lookAtPhoto(describer, photo, folder));
			told(++done, of);
		}
		out.push({ personId: person.personId, group: person.group, market: person.market, photos });
	}
	return out;
}

async function lookAtPhoto(
	describer: PhotoDescriber,
	photo: PhotoFile,
	folder: string,
): Promise<LookedPhoto> {
	const kept = (name: string, make: () => Promise<Uint8Array>) =>
		madeOnce(join(folder, `${photo.hash.slice(0, 24)}-${name}-v${VARIANTS_VERSION}.jpg`), make);
	const bytes = await kept("room", async () => inRoom(await decodePixels(readFileSync(photo.path))));
	const frame = await lookAtFrame(describer, bytes, "all");
	return {
		...frame,
		id: photo.id,
		bytes,
		async variant(name) {
			const { measures } = frame;
			if (!measures) return frame;
			const made = await kept(name, async () =>
				variantOf(await decodePixels(bytes), measures.box, name, photo.hash),
			);
			return lookAtFrame(describer, made, "one");
		},
	};
}

async function madeOnce(path: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
	if (existsSync(path)) return new Uint8Array(readFileSync(path));
	const bytes = await make();
	writeFileSync(path, bytes);
	return bytes;
}

/** Enrolment looks at all sizes, so the plain photo does too and both share one look. */
async function lookAtFrame(
	describer: PhotoDescriber,
	bytes: Uint8Array,
	search: "one" | "all",
): Promise<Frame> {
	const seen = await describer.describePhoto(bytes, { priority: "later", search });
	const face = seen.ok ? seen.value.faces[0] : undefined;
	if (!face) return { advice: "no_face" };
	const { measures, descriptor } = face;
	return { advice: assessFrame(measures, PUNCH_LIMITS), measures, descriptor };
}
