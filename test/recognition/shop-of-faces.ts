/** Real photos in a folder beside the checkout, `<group>/<person>/<n>.jpg`, when somebody has put some there. Never part of the project. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { FaceEngine } from "../../server/recogniser/face-engine.ts";
import type { Descriptor } from "../../server/recognition/descriptor.ts";
import { makeGallery } from "../../server/recognition/gallery.ts";
import { type Identification, identify } from "../../server/recognition/identify.ts";
import { FACE_API_RECOGNISER } from "../../server/recognition/model.ts";

export const FACES_FOLDER = join(import.meta.dir, "../../../shared/faces");
/** The default market decides: East-Asian groups only. */
export const GROUPS = ["ea", "ean"];
export const hasFaces = GROUPS.every((group) => existsSync(join(FACES_FOLDER, group)));

export interface Photographed {
	readonly personId: string;
	readonly group: string;
	readonly descriptors: readonly Descriptor[];
}

/** Describes every photo; `missed` counts those without a face or unreadable. */
export async function describeFaces(engine: FaceEngine): Promise<{ people: Photographed[]; missed: number }> {
	const people: Photographed[] = [];
	let missed = 0;
	for (const group of GROUPS)
		for (const person of readdirSync(join(FACES_FOLDER, group)).sort()) {
			const folder = join(FACES_FOLDER, group, person);
			const descriptors: Descriptor[] = [];
			for (const file of readdirSync(folder).sort()) {
				const described = await engine.describePhoto(await Bun.file(join(folder, file)).bytes(), {
					search: "one",
				});
				const face = described.ok ? described.value.faces[0] : undefined;
				if (face) descriptors.push(face.descriptor);
				else missed++;
			}
			people.push({ personId: `${group}/${person}`, group, descriptors });
		}
	return { people, missed };
}

export interface Rates {
	readonly probes: number;
	readonly rankOne: number;
	readonly accepted: number;
	readonly ambiguous: number;
	readonly colleague: number;
	readonly strangerProbes: number;
	readonly strangerAccepted: number;
}

/** Every window of `enrol` consecutive photos is enrolled once, the others are probes; then the same with the person left out. */
export function measure(people: readonly Photographed[], group: string, enrol = 3): Rates {
	const rates = {
		probes: 0,
		rankOne: 0,
		accepted: 0,
		ambiguous: 0,
		colleague: 0,
		strangerProbes: 0,
		strangerAccepted: 0,
	};
	for (const person of people.filter((p) => p.group === group && p.descriptors.length > enrol))
		for (const [turn, probe] of person.descriptors.entries()) {
			const { known, stranger, best } = searchBoth(people, person, turn, probe, enrol);
			rates.probes++;
			rates.strangerProbes++;
			if (best === person.personId) rates.rankOne++;
			if (known.kind === "ambiguous") rates.ambiguous++;
			if (known.kind === "match") rates[known.personId === person.personId ? "accepted" : "colleague"]++;
			if (stranger.kind === "match") rates.strangerAccepted++;
		}
	return rates;
}

function searchBoth(
	people: readonly Photographed[],
	person: Photographed,
	turn: number,
	probe: Descriptor,
	enrol: number,
): { known: Identification; stranger: Identification; best?: string } {
	const { thresholds, descriptorLength } = FACE_API_RECOGNISER;
	const gallery = makeGallery(descriptorLength);
	for (const other of people) {
		const skip = other === person ? turn + 1 : turn;
		const from = other.descriptors;
		const photos = Array.from(
			{ length: Math.min(enrol, from.length) },
			(_, k) => from[(skip + k) % from.length]!,
		);
		if (photos.length > 0) gallery.put(other.personId, photos);
	}
	const ranking = gallery.rank(probe);
	gallery.remove(person.personId);
	return {
		known: identify(ranking, { thresholds }),
		stranger: identify(gallery.rank(probe), { thresholds }),
		best: ranking.nearest[0]?.personId,
	};
}
