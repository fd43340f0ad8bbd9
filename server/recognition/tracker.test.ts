import { describe, expect, test } from "bun:test";
import type { DetectedFace } from "./face-types.ts";
import { noTracks, stepTracks, TRACK_RULES, type TrackState } from "./tracker.ts";

const face = (x: number, y = 100, width = 90): DetectedFace => ({
	box: { x, y, width, height: width },
	score: 0.9,
});

/** Runs frames 150 ms apart and returns the ids in the order of the faces of each frame. */
function run(frames: readonly (readonly DetectedFace[])[], gapMs = 150) {
	let state: TrackState = noTracks;
	const ids = frames.map((faces, i) => {
		state = stepTracks(state, faces, i * gapMs);
		return faces.map((one) => state.tracks.find((track) => track.face === one)?.id);
	});
	return { ids, state };
}

describe("one face", () => {
	test("that walks through the picture is one track, faster than its own overlap allows", () => {
		const walk = Array.from({ length: 10 }, (_, i) => [face(20 + i * 50)]);
		expect(new Set(run(walk).ids.flat())).toEqual(new Set([1]));
	});

	test("missed for a moment comes back as the same, and later as another", () => {
		const briefly = [[face(100)], [face(110)], [], [], [face(150)]];
		expect(run(briefly).ids.at(-1)).toEqual([1]);
		const long = [[face(100)], [face(110)], ...Array.from({ length: 6 }, () => []), [face(150)]];
		expect(run(long).ids.at(-1)).toEqual([2]);
	});

	test("is nobody it could not have become: far off, or of another size", () => {
		expect(run([[face(20)], [face(400)]]).ids.at(-1)).toEqual([2]);
		expect(run([[face(100)], [face(100, 100, 40)]]).ids.at(-1)).toEqual([2]);
	});
});

describe("several faces", () => {
	test("keep their tracks while they pass one another", () => {
		const frames = Array.from({ length: 12 }, (_, i) => [face(20 + i * 40, 80), face(500 - i * 40, 190)]);
		for (const ids of run(frames).ids) expect(ids).toEqual([1, 2]);
	});

	test("never share a track, and one that follows close behind gets its own", () => {
		const frames = Array.from({ length: 8 }, (_, i) => [face(200 - i * 20), face(310 - i * 20)]);
		for (const ids of run(frames).ids) expect(new Set(ids).size).toBe(2);
	});
});

test("a slow camera: five frames a second lose nobody at walking pace", () => {
	const walk = Array.from({ length: 6 }, (_, i) => [face(20 + i * 90)]);
	expect(new Set(run(walk, 200).ids.flat())).toEqual(new Set([1]));
});

test("each rule decides something", () => {
	const tight = { ...TRACK_RULES, maxJump: 0.1 };
	const one = stepTracks(noTracks, [face(20)], 0);
	expect(stepTracks(one, [face(75)], 150).tracks.length).toBe(1);
	expect(stepTracks(one, [face(110)], 150, tight).tracks.length).toBe(2);
});
