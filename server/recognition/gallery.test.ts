import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { MOST_NEIGHBOURS } from "./crowd.ts";
import { distance, meanDescriptor } from "./descriptor.ts";
import { makeGallery } from "./gallery.ts";
import { LOOK_ALIKE_DEPTH } from "./verify.ts";

const LENGTH = 20;
const descriptor = fc
	.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: LENGTH, maxLength: LENGTH })
	.map((a) => Float32Array.from(a));
const templates = fc.array(descriptor, { minLength: 1, maxLength: 5 });
const people = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), templates, {
	maxKeys: 30,
	noNullPrototype: true,
});

const slow = (probe: Float32Array, list: Float32Array[]) =>
	(Math.min(...list.map((t) => distance(t, probe))) + distance(meanDescriptor(list), probe)) / 2;

describe("rank", () => {
	test("equals the plain definition for the nearest, whatever is pruned and however many are asked for", () => {
		const depths = fc.constantFrom(undefined, 1, LOOK_ALIKE_DEPTH);
		fc.assert(
			fc.property(people, descriptor, depths, (all, probe, depth) => {
				const gallery = makeGallery(LENGTH);
				for (const [id, list] of Object.entries(all)) gallery.put(id, list);
				const expected = Object.values(all)
					.map((list) => slow(probe, list))
					.sort((a, b) => a - b)
					.slice(0, depth ?? MOST_NEIGHBOURS + 1);
				const { nearest, searched } = gallery.rank(probe, { depth });
				expect(searched).toBe(Object.keys(all).length);
				expect(nearest.length).toBe(expected.length);
				nearest.forEach(({ personId, distance: d }, i) => {
					expect(d).toBeCloseTo(expected[i]!, 4);
					expect(d).toBeCloseTo(slow(probe, all[personId]!), 4);
				});
			}),
		);
	});

	test("finds templates near the probe among many close ones", () => {
		fc.assert(
			fc.property(people, fc.nat(), (all, pick) => {
				const ids = Object.keys(all);
				fc.pre(ids.length > 0);
				const gallery = makeGallery(LENGTH);
				for (const [id, list] of Object.entries(all)) gallery.put(id, list);
				const own = all[ids[pick % ids.length]!]!;
				const best = gallery.rank(meanDescriptor(own)).nearest[0]!;
				expect(best.distance).toBeLessThanOrEqual(slow(meanDescriptor(own), own) + 1e-5);
			}),
		);
	});

	test("searches only eligible people", () => {
		const gallery = makeGallery(2);
		gallery.put("near", [[0, 0]]);
		gallery.put("far", [[3, 4]]);
		const ranking = gallery.rank(Float32Array.of(0, 0), { eligible: (id) => id !== "near" });
		expect(ranking).toEqual({ nearest: [{ personId: "far", distance: 5 }], searched: 1, surroundings: [] });
	});

	test("an empty gallery knows nobody", () => {
		expect(makeGallery(2).rank(Float32Array.of(0, 0))).toEqual({
			nearest: [],
			searched: 0,
			surroundings: [],
		});
	});
});

describe("the crowd", () => {
	const nearestMeans = (all: Record<string, Float32Array[]>, id: string, ids = Object.keys(all)) =>
		ids
			.filter((other) => other !== id)
			.map((other) => distance(meanDescriptor(all[id]!), meanDescriptor(all[other]!)))
			.sort((a, b) => a - b)
			.slice(0, MOST_NEIGHBOURS);
	const filled = (all: Record<string, Float32Array[]>) => {
		const gallery = makeGallery(LENGTH);
		for (const [id, list] of Object.entries(all)) gallery.put(id, list);
		return gallery;
	};
	const expectNear = (found: readonly number[], expected: readonly number[]) => {
		expect(found.length).toBe(expected.length);
		expected.forEach((d, i) => {
			expect(found[i]).toBeCloseTo(d, 4);
		});
	};

	test("surroundings of the best person equal the plain definition, also among some and after changes", () => {
		fc.assert(
			fc.property(people, descriptor, fc.nat(), (all, probe, pick) => {
				const ids = Object.keys(all);
				fc.pre(ids.length > 0);
				const gallery = filled(all);
				const { nearest, surroundings } = gallery.rank(probe);
				expectNear(surroundings, nearestMeans(all, nearest[0]!.personId));
				const gone = ids[pick % ids.length]!;
				const left = ids.filter((id) => id !== gone);
				const among = gallery.rank(probe, { eligible: (id) => id !== gone });
				if (left.length > 0)
					expectNear(among.surroundings, nearestMeans(all, among.nearest[0]!.personId, left));
				gallery.remove(gone);
				const later = gallery.rank(probe);
				if (left.length > 0)
					expectNear(later.surroundings, nearestMeans(all, later.nearest[0]!.personId, left));
			}),
		);
	});

	test("a claim carries the nearest others, whether or not the claimed person is among the nearest", () => {
		fc.assert(
			fc.property(people, descriptor, fc.nat(), (all, probe, pick) => {
				const ids = Object.keys(all);
				fc.pre(ids.length > 0);
				const id = ids[pick % ids.length]!;
				const claim = filled(all).claim(id, probe)!;
				const others = ids.filter((other) => other !== id).map((other) => slow(probe, all[other]!));
				expectNear(claim.others, others.sort((a, b) => a - b).slice(0, MOST_NEIGHBOURS));
				expectNear(claim.surroundings, nearestMeans(all, id));
				expect(claim.distance).toBeCloseTo(slow(probe, all[id]!), 4);
				expect(claim.searched).toBe(ids.length);
			}),
		);
	});

	test("templates come back as they went in", () => {
		const gallery = makeGallery(2);
		gallery.put("b", [[9, 9]]);
		gallery.put("a", [
			[1, 2],
			[3, 4],
		]);
		expect(gallery.templatesOf("a")?.map((t) => [...t])).toEqual([
			[1, 2],
			[3, 4],
		]);
		expect(gallery.templatesOf("nobody")).toBeUndefined();
	});
});

describe("changes", () => {
	const change = fc.oneof(
		fc.record({
			kind: fc.constant("put" as const),
			id: fc.constantFrom("a", "b", "c", "d"),
			list: templates,
		}),
		fc.record({ kind: fc.constant("remove" as const), id: fc.constantFrom("a", "b", "c", "d") }),
	);

	test("after any puts and removes the gallery equals one built afresh", () => {
		fc.assert(
			fc.property(fc.array(change, { maxLength: 25 }), descriptor, (changes, probe) => {
				const gallery = makeGallery(LENGTH);
				const model = new Map<string, Float32Array[]>();
				for (const c of changes) {
					if (c.kind === "put") {
						gallery.put(c.id, c.list);
						model.set(c.id, c.list);
					} else expect(gallery.remove(c.id)).toBe(model.delete(c.id));
				}
				expect([...gallery.personIds()].sort()).toEqual([...model.keys()].sort());
				expect(gallery.templates).toBe([...model.values()].flat().length);
				for (const [id, list] of model)
					expect(gallery.claim(id, probe)!.distance).toBeCloseTo(slow(probe, list), 4);
				for (const id of "abcd") expect(gallery.has(id)).toBe(model.has(id));
			}),
		);
	});

	test("clear forgets everyone", () => {
		const gallery = makeGallery(2);
		gallery.put("a", [[1, 2]]);
		gallery.clear();
		expect([gallery.people, gallery.templates, gallery.has("a")]).toEqual([0, 0, false]);
		expect(gallery.claim("a", Float32Array.of(1, 2))).toBeUndefined();
	});

	test("refuses no templates and templates of another net", () => {
		const gallery = makeGallery(3);
		expect(() => gallery.put("a", [])).toThrow();
		expect(() => gallery.put("a", [[1, 2]])).toThrow();
		expect(gallery.people).toBe(0);
	});
});
