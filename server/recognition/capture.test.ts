import { describe, expect, test } from "bun:test";
import {
	type CaptureOutput,
	captureRules,
	countRivals,
	emptyCapture,
	type LookedFrame,
	movedRatio,
	stepCapture,
	stillFrame,
} from "./capture.ts";
import type { FrameMeasures } from "./quality.ts";

const rules = captureRules(3, 0.32);
const face = (size: number, x = 0) => ({ score: 0.9, box: { x, y: 0, width: size, height: size } });
const measures: FrameMeasures = {
	frameWidthPx: 640,
	frameHeightPx: 480,
	box: face(200).box,
	score: 0.9,
	pose: { yawProxy: 0.1, pitchProxy: 0.6, rollDeg: 0, eyesX: 300, eyesY: 200, eyeDistancePx: 80 },
	luma: { mean: 120, clippedRatio: 0, sharpness: 500, sideLightRatio: 0 },
};
const print = (hash: number) => ({ hash, meanLuma: 110, lumaDeviation: 40 });
const good = (atMs: number, x: number): LookedFrame => ({
	atMs,
	print: print(atMs),
	faces: [face(200)],
	measures,
	advice: "ok",
	descriptor: Float32Array.of(x, 0),
});
const nobody = (atMs: number): LookedFrame => ({ atMs, print: print(atMs), faces: [] });
const bad = (atMs: number): LookedFrame => ({ ...good(atMs, 0), advice: "too_dark", descriptor: undefined });

function play(frames: readonly LookedFrame[], with_ = rules): CaptureOutput[] {
	let state = emptyCapture();
	return frames.map((frame) => {
		const step = stepCapture(state, frame, with_);
		state = step.state;
		return step.output;
	});
}
const kinds = (outputs: readonly CaptureOutput[]) =>
	outputs.map((o) => (o.kind === "agreeing" ? `${o.have}/${o.need}` : o.kind === "look" ? o.advice : o.kind));

describe("gathering", () => {
	test("three agreeing frames make a probe, which is their mean", () => {
		const outputs = play([nobody(0), good(200, 0), good(400, 0.1), good(600, 0.2)]);
		expect(kinds(outputs)).toEqual(["waiting", "1/3", "2/3", "ready"]);
		const last = outputs[3]!;
		if (last.kind !== "ready") throw new Error("not ready");
		expect(last.probe.descriptor[0]).toBeCloseTo(0.1, 5);
		expect(last.probe.frames).toBe(3);
		expect(last.probe.path.map((p) => p.atMs)).toEqual([200, 400, 600]);
	});

	test("bad frames in between do not count and do not reset", () => {
		expect(kinds(play([good(0, 0), bad(200), good(400, 0), bad(600), good(800, 0)]))).toEqual([
			"1/3",
			"too_dark",
			"2/3",
			"too_dark",
			"ready",
		]);
	});

	test("another face starts over: two people never share a probe", () => {
		expect(kinds(play([good(0, 0), good(200, 0), good(400, 0.6), good(600, 0.6), good(800, 0.6)]))).toEqual([
			"1/3",
			"2/3",
			"1/3",
			"2/3",
			"ready",
		]);
	});

	test("old frames expire", () => {
		expect(kinds(play([good(0, 0), good(200, 0), good(4_250, 0)]))).toEqual(["1/3", "2/3", "1/3"]);
	});

	test("after a probe the next one needs three new frames", () => {
		expect(kinds(play([0, 200, 400, 600].map((t) => good(t, 0))))).toEqual(["1/3", "2/3", "ready", "1/3"]);
	});

	test("a frame described by mistake is not taken", () => {
		expect(kinds(play([{ ...good(0, 0), descriptor: undefined }]))).toEqual(["low_score"]);
	});
});

describe("several faces", () => {
	test("a second face of similar size stops the gathering and empties it", () => {
		const two = { ...good(400, 0), faces: [face(200), face(170, 300)], descriptor: undefined };
		expect(kinds(play([good(0, 0), good(200, 0), two, good(600, 0)]))).toEqual([
			"1/3",
			"2/3",
			"several",
			"1/3",
		]);
	});
	test.each([
		[[200, 154], 1],
		[[200, 156], 2],
		[[200, 190, 100], 2],
		[[], 0],
	])("faces %p count as %p", (sizes, count) => {
		expect(
			countRivals(
				(sizes as number[]).map((s) => face(s)),
				0.6,
			),
		).toBe(count as number);
	});
});

describe("camera faults", () => {
	test("the same picture for over two seconds is frozen, a change mends it", () => {
		const same = [0, 1_000, 2_000, 2_100].map((atMs) => ({ ...nobody(atMs), print: print(7) }));
		expect(kinds(play([...same, nobody(2_300)]))).toEqual([
			"waiting",
			"waiting",
			"waiting",
			"camera",
			"waiting",
		]);
	});

	test("a covered lens is black even though it is noisy", () => {
		const dark = [0, 1_000, 2_000].map((atMs) => ({
			...nobody(atMs),
			print: { hash: atMs, meanLuma: 4, lumaDeviation: 2 },
		}));
		expect(play(dark)[2]).toEqual({ kind: "camera", fault: "black" });
	});

	test("a dark room with contours is not black", () => {
		const dark = [0, 1_500, 3_000].map((atMs) => ({
			...nobody(atMs),
			print: { hash: atMs, meanLuma: 10, lumaDeviation: 9 },
		}));
		expect(kinds(play(dark))).toEqual(["waiting", "waiting", "waiting"]);
	});

	test("stillFrame: a picture already seen is not counted twice", () => {
		const { state } = stepCapture(emptyCapture(), good(100, 0), rules);
		expect(stillFrame(state, print(100), 300, rules)).toBe("same");
		expect(stillFrame(state, print(101), 300, rules)).toBeUndefined();
		expect(stillFrame(state, print(100), 2_200, rules)).toBe("frozen");
	});
});

test("movedRatio: eyes against face width", () => {
	const moved = { ...measures, pose: { ...measures.pose, eyesX: 306, eyesY: 208 } };
	expect(movedRatio(measures, moved)).toBeCloseTo(0.05, 6);
	expect(movedRatio(undefined, moved)).toBeUndefined();
});
