/** Photos that look unlike the other photos of their person: wrong labels, or hard pictures. Listed for people to look at; nothing is left out for it. */
import { distancesToOthers } from "../../../server/recognition/descriptor.ts";
import type { LookedPerson } from "./looked-people.ts";

export interface Suspect {
	readonly id: string;
	/** To the mean of the person's other photos, by net. */
	readonly distances: readonly number[];
}

/** Share of all photos, per net, that counts as far. */
const FAR = 0.05;

/** Photos that every net finds among its farthest twentieth, farthest by the first net on top. */
export function suspectPhotos(byNet: readonly (readonly LookedPerson[])[]): Suspect[] {
	const far = byNet.map((people) => {
		const all = people.flatMap(({ photos }) => {
			const seen = photos.filter((photo) => photo.descriptor);
			const distances = distancesToOthers(seen.map((photo) => photo.descriptor!));
			return seen.map((photo, i) => ({ id: photo.id, distance: distances[i]! }));
		});
		const sorted = all.sort((a, b) => b.distance - a.distance);
		return new Map(sorted.slice(0, Math.ceil(FAR * sorted.length)).map((s) => [s.id, s.distance]));
	});
	return [...(far[0]?.keys() ?? [])]
		.filter((id) => far.every((net) => net.has(id)))
		.map((id) => ({ id, distances: far.map((net) => net.get(id)!) }));
}
