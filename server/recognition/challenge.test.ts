import { describe, expect, test } from "bun:test";
import { judgeTurn, TURN_RULES, type TurnAnswer, type TurnRules } from "./challenge.ts";
import { HEAD, PRINT, seenAt } from "./head-fixture.ts";
import { turnShape } from "./turn.ts";

const faceOf = (value: number) => new Float32Array([value, 0, 0]);
const YAWS = [0, 6, 12, 18, 24, 30, 34];

/** A head that turns to its own left within two seconds, told and seen alike. */
function turning(
	shape: typeof HEAD,
	yaws: readonly number[] = YAWS,
	change: Partial<TurnAnswer> = {},
): TurnAnswer {
	const samples = yaws.map((yawDeg, i) => ({ atMs: 200 + i * 280, landmarks: seenAt(shape, { yawDeg }) }));
	const last = samples.length - 1;
	const frames = [0, Math.floor(last / 2), last].map((sample) => ({
		sample,
		landmarks: samples[sample]!.landmarks,
		descriptor: faceOf(0.1 + sample * 0.02),
	}));
	return { side: "left", samples, frames, probe: faceOf(0), sameFace: 0.5, ...change };
}

const head = turning(HEAD);
const later = (byMs: number) => head.samples.map((s) => ({ ...s, atMs: s.atMs + byMs }));

describe("a head", () => {
	test("turned to the asked side passes, also mirrored", () => {
		expect(judgeTurn(head)).toBeUndefined();
		expect(
			judgeTurn(
				turning(
					HEAD,
					YAWS.map((yaw) => -yaw),
					{ side: "right" },
				),
			),
		).toBeUndefined();
	});

	test("turned too little, or to the other side, may try again", () => {
		expect(judgeTurn(turning(HEAD, [0, 4, 8, 12]))).toBe("too_little");
		expect(judgeTurn({ ...head, side: "right" })).toBe("wrong_side");
	});
});

describe("a picture", () => {
	test("swung as far as one likes does not turn enough", () => {
		for (const yaw of [20, 40, 55])
			expect(judgeTurn(turning(PRINT, [0, yaw / 4, yaw / 2, (yaw * 3) / 4, yaw]))).toBe("too_little");
	});

	test("whose yaw is believed is still one plane", () => {
		const rules = { ...TURN_RULES, minYaw: 0 };
		expect(judgeTurn(turning(PRINT, [0, 10, 20, 30, 40, 50]), rules)).toBe("flat");
	});

	test("that needs too much turning, or keeps its far cheek, is bent", () => {
		const shape = turnShape(head.frames[0]!.landmarks, head.frames.at(-1)!.landmarks);
		expect(judgeTurn(head, { ...TURN_RULES, maxSqueeze: shape.squeeze - 0.01 })).toBe("flat");
		expect(judgeTurn(head, { ...TURN_RULES, minHiding: shape.hiding + 0.01 })).toBe("flat");
		expect(judgeTurn(head, { ...TURN_RULES, minPlaneError: shape.planeError + 0.01 })).toBe("flat");
	});
});

describe("an account that cannot be", () => {
	const rows: readonly [string, Partial<TurnAnswer>, string][] = [
		["too few looks", { samples: head.samples.slice(0, 3) }, "broken"],
		["times that run backwards", { samples: [...head.samples].reverse() }, "broken"],
		["one frame alone", { frames: head.frames.slice(0, 1) }, "broken"],
		["a frame of no sample", { frames: head.frames.map((f) => ({ ...f, sample: f.sample + 9 })) }, "broken"],
		["after the window", { samples: later(2_200) }, "late"],
		["before the arrow", { samples: later(-300) }, "late"],
		[
			"a face lost for a while",
			{ samples: head.samples.map((s, i) => (i > 3 ? { ...s, atMs: s.atMs + 1_000 } : s)) },
			"jumped",
		],
		[
			"a face that leaps across the picture",
			{
				samples: head.samples.map((s, i) =>
					i === 4 ? { ...s, landmarks: seenAt(HEAD, { yawDeg: 24, dx: 1.3 }) } : s,
				),
			},
			"jumped",
		],
		[
			"a turn from one look to the next",
			{
				samples: head.samples.map((s, i) =>
					i === 3 ? { ...s, landmarks: seenAt(HEAD, { yawDeg: -30 }) } : s,
				),
			},
			"jumped",
		],
		[
			"frames that show something else",
			{
				frames: head.frames.map((f, i) => (i === 2 ? { ...f, landmarks: seenAt(HEAD, { yawDeg: 10 }) } : f)),
			},
			"altered",
		],
		[
			"another face at the end",
			{ frames: head.frames.map((f, i) => (i === 2 ? { ...f, descriptor: faceOf(0.9) } : f)) },
			"other_face",
		],
		[
			"a face that changes step by step",
			{ frames: head.frames.map((f, i) => ({ ...f, descriptor: faceOf([0.3, -0.3, 0.3][i]!) })) },
			"other_face",
		],
	];
	test.each(rows)("%s", (_, change, fault) => {
		expect(judgeTurn({ ...head, ...change })).toBe(fault as never);
	});

	test("numbers that are none accept nobody", () => {
		const broken = head.frames.map((f) => ({
			...f,
			landmarks: f.landmarks.map(() => ({ x: Number.NaN, y: 0 })),
		}));
		expect(judgeTurn({ ...head, frames: broken })).toBe("altered");
		expect(judgeTurn({ ...head, probe: faceOf(Number.NaN) })).toBe("other_face");
	});
});

test("every rule matters: one that lets everything through changes an answer", () => {
	const open: TurnRules = {
		...TURN_RULES,
		minYaw: -9,
		windowMs: 1e9,
		maxGapMs: 1e9,
		maxShift: 1e9,
		maxYawStep: 9,
	};
	expect(judgeTurn({ ...head, samples: later(2_200) }, open)).toBeUndefined();
	expect(judgeTurn({ ...head, side: "right" }, open)).toBeUndefined();
});
