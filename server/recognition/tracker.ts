/**
 * Follows several faces from frame to frame, so that each person passing is described a few times and punched once.
 * Matches boxes by overlap with where they should be by now; knows neither names nor pictures. Times are monotonic milliseconds.
 */
import type { Box, DetectedFace } from "./face-types.ts";
import { boxOverlap } from "./face-types.ts";

export interface Track {
	readonly id: number;
	readonly face: DetectedFace;
	/** Pixels per millisecond of the box's centre. */
	readonly speedX: number;
	readonly speedY: number;
	readonly seenMs: number;
	readonly sinceMs: number;
	/** Frames it was found in. */
	readonly looks: number;
}

export interface TrackState {
	readonly tracks: readonly Track[];
	readonly nextId: number;
}

export const noTracks: TrackState = { tracks: [], nextId: 1 };

export interface TrackRules {
	/** Overlap (of union) with the predicted box from which two boxes are one face. */
	readonly minOverlap: number;
	/** Without overlap: largest distance of the centres over the larger width. Walking pace across the picture is one width at 8 frames a second. */
	readonly maxJump: number;
	/** Width of one over the other at least. */
	readonly minScale: number;
	/** A face not found for this long has gone: a glance aside or a missed frame is shorter. */
	readonly lostMs: number;
	/** How much of the newest movement enters the speed. */
	readonly blend: number;
}

export const TRACK_RULES: TrackRules = {
	minOverlap: 0.2,
	maxJump: 1,
	minScale: 0.6,
	lostMs: 700,
	blend: 0.5,
};

/** Takes in the faces of a frame. Each face belongs to at most one track; the best pairs first. Tracks keep their order of arrival. */
export function stepTracks(
	{ tracks, nextId }: TrackState,
	faces: readonly DetectedFace[],
	atMs: number,
	rules: TrackRules = TRACK_RULES,
): TrackState {
	const pairs = tracks
		.flatMap((track) => faces.map((face) => ({ track, face, likeness: likeness(track, face, atMs, rules) })))
		.filter(({ likeness: value }) => value > 0)
		.sort((a, b) => b.likeness - a.likeness);
	const found = new Map<Track, DetectedFace>();
	const taken = new Set<DetectedFace>();
	for (const { track, face } of pairs) {
		if (found.has(track) || taken.has(face)) continue;
		found.set(track, face);
		taken.add(face);
	}
	const kept = tracks.flatMap((track) => {
		const face = found.get(track);
		if (face) return [follow(track, face, atMs, rules)];
		return atMs - track.seenMs <= rules.lostMs ? [track] : [];
	});
	const fresh = faces.filter((face) => !taken.has(face));
	const begun = fresh.map((face, i) => begin(nextId + i, face, atMs));
	return { tracks: [...kept, ...begun], nextId: nextId + fresh.length };
}

const begin = (id: number, face: DetectedFace, atMs: number): Track => ({
	...{ id, face, speedX: 0, speedY: 0 },
	...{ seenMs: atMs, sinceMs: atMs, looks: 1 },
});

function follow(track: Track, face: DetectedFace, atMs: number, { blend }: TrackRules): Track {
	const passedMs = Math.max(atMs - track.seenMs, 1);
	const [was, is] = [centreOf(track.face.box), centreOf(face.box)];
	const mix = (old: number, now: number) => (track.looks === 1 ? now : old + blend * (now - old));
	return {
		...track,
		face,
		speedX: mix(track.speedX, (is.x - was.x) / passedMs),
		speedY: mix(track.speedY, (is.y - was.y) / passedMs),
		seenMs: atMs,
		looks: track.looks + 1,
	};
}

/** 0 when it cannot be the same face; otherwise more is better. */
function likeness(track: Track, { box }: DetectedFace, atMs: number, rules: TrackRules): number {
	const expected = expectedBox(track, atMs);
	const scale = Math.min(box.width, expected.width) / Math.max(box.width, expected.width);
	if (!(scale >= rules.minScale)) return 0;
	const { ofUnion } = boxOverlap(expected, box);
	if (ofUnion >= rules.minOverlap) return 1 + ofUnion;
	const [a, b] = [centreOf(expected), centreOf(box)];
	const jump = Math.hypot(a.x - b.x, a.y - b.y) / Math.max(box.width, expected.width);
	return jump <= rules.maxJump ? 1 - jump / (rules.maxJump + 1) : 0;
}

/** Where a track's box should be by now, if it goes on as it went. */
export function expectedBox({ face, speedX, speedY, seenMs }: Track, atMs: number): Box {
	const passedMs = atMs - seenMs;
	return { ...face.box, x: face.box.x + speedX * passedMs, y: face.box.y + speedY * passedMs };
}

const centreOf = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
