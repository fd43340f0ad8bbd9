import { describe, expect, test } from "bun:test";
import { makeCalibration } from "./calibration.ts";
import type { CalibrationFigures } from "./calibration-figures.ts";
import { makeGallery } from "./gallery.ts";
import { FACE_API_RECOGNISER } from "./model.ts";
import { askedInHundred, predictWrongNames, siteLimitFor } from "./wrong-names.ts";

const LENGTH = 128;

/** Numbers like chance, the same in every run. */
function chance(seed: number) {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	};
}

const scatter = (next: () => number, centre: Float32Array, spread: number) =>
	Float32Array.from(centre, (value) => value + spread * next());

/** People as far apart as the net's strangers are (about 0.6), with photos as near as one person's (about 0.3). */
function people(count: number, photos = 4, seed = 1): Map<string, Float32Array[]> {
	const next = chance(seed);
	const zero = new Float32Array(LENGTH);
	return new Map(
		Array.from({ length: count }, (_, i) => {
			const centre = scatter(next, zero, 0.13);
			return [
				`p${String(i).padStart(3, "0")}`,
				Array.from({ length: photos }, () => scatter(next, centre, 0.055)),
			];
		}),
	);
}

function calibrate(
	all: ReadonlyMap<string, readonly Float32Array[]>,
	ids = [...all.keys()],
): CalibrationFigures {
	const gallery = makeGallery(LENGTH);
	for (const [id, photos] of all) gallery.put(id, photos);
	const calibration = makeCalibration(FACE_API_RECOGNISER, gallery);
	for (const id of ids) for (const _ of calibration.look(id));
	return calibration.figures();
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

describe("figures", () => {
	const all = people(30);
	const figures = calibrate(all);

	test("every pair of photos is counted once, own apart from others'", () => {
		expect(sum(figures.ownPairs)).toBe(30 * 6);
		expect(sum(figures.otherPairs)).toBe(((30 * 29) / 2) * 16);
	});

	test("every photo comes to the door twice", () => {
		expect(figures).toMatchObject({ people: 30, looked: 30, tries: 120, strangers: 120 });
		expect(figures).toMatchObject({ recognised: 120, mistaken: 0, beaten: 0, letIn: 0, struggling: [] });
	});

	test("a stricter limit lets fewer strangers in and asks more of the staff", () => {
		const { curve } = figures;
		for (const [i, point] of curve.entries()) {
			expect(point.letIn).toBeGreaterThanOrEqual(curve[i - 1]?.letIn ?? 0);
			expect(point.asked).toBeLessThanOrEqual(curve[i - 1]?.asked ?? 1);
		}
		expect(curve[0]!.limit).toBeLessThan(figures.limit);
		expect(curve.at(-1)!.limit).toBeGreaterThan(figures.limit);
	});

	test("the live gallery is the same afterwards", () => {
		const gallery = makeGallery(LENGTH);
		for (const [id, photos] of all) gallery.put(id, photos);
		const before = gallery.personIds().map((id) => gallery.templatesOf(id)!.map((t) => [...t]));
		const calibration = makeCalibration(FACE_API_RECOGNISER, gallery);
		for (const id of gallery.personIds()) for (const _ of calibration.look(id));
		calibration.figures();
		expect(gallery.personIds().map((id) => gallery.templatesOf(id)!.map((t) => [...t]))).toEqual(before);
	});

	test("people who are gone are passed over", () => {
		expect(calibrate(all, ["p000", "nobody"])).toMatchObject({ looked: 1, tries: 4 });
	});
});

describe("what stands out", () => {
	test("twins make a pair, once, and nobody else does", () => {
		const all = people(24);
		const next = chance(7);
		all.set(
			"p001",
			all.get("p000")!.map((photo) => scatter(next, photo, 0.02)),
		);
		const figures = calibrate(all);
		expect(figures.pairs).toEqual([["p000", "p001"]]);
		// Both need a card at the door: they are no wrong names to expect.
		expect(figures).toMatchObject({ tries: 88, mistaken: 0, beaten: 0, letIn: 0, struggling: [] });
	});

	test("a person whose photos show somebody else each time struggles, worst first", () => {
		const all = people(24);
		all.set(
			"p005",
			[...people(4, 1, 99).values()].map((photos) => photos[0]!),
		);
		all.set("p006", [...all.get("p006")!.slice(0, 3), people(1, 1, 123).get("p000")![0]!]);
		const { struggling } = calibrate(all);
		expect(struggling[0]).toEqual({ id: "p005", tries: 4, passed: 0 });
		expect(struggling.map(({ id }) => id)).toContain("p006");
	});
});

describe("wrong names a year", () => {
	const figures = calibrate(people(30));
	const traffic = { staffSearches: 20_000, strangerSearches: 300 };

	test("grow with the traffic and with a looser limit", () => {
		const one = predictWrongNames(figures, traffic)!;
		const double = predictWrongNames(figures, { staffSearches: 40_000, strangerSearches: 600 })!;
		expect(double.perYear / one.perYear).toBeCloseTo(2, 6);
		expect(predictWrongNames(figures, traffic, figures.limit + 0.05)!.perYear).toBeGreaterThan(one.perYear);
		expect(one.mostPerYear).toBeGreaterThan(one.perYear);
	});

	test("too few people, or a photo each: nothing is claimed", () => {
		expect(predictWrongNames(calibrate(people(9, 8)), traffic)).toBeUndefined();
		expect(predictWrongNames(calibrate(people(80, 1)), traffic)).toBeUndefined();
	});

	test("the site's limit is stricter than the door's and keeps to what is allowed", () => {
		const { perYear } = predictWrongNames(figures, traffic)!;
		const limit = siteLimitFor(figures, traffic, perYear / 10)!;
		expect(limit).toBeLessThan(figures.limit);
		expect(predictWrongNames(figures, traffic, limit)!.perYear).toBeCloseTo(perYear / 10, 8);
		expect(siteLimitFor(figures, traffic, perYear * 2)).toBeUndefined();
	});

	test("how many would be asked at a limit is read off the curve", () => {
		expect(askedInHundred(figures, figures.curve[0]!.limit)).toBe(Math.round(100 * figures.curve[0]!.asked));
	});
});
