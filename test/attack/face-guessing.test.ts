/** Attack row A7: a thief with a paired kiosk feels the way to somebody's template through the punch route. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { newId } from "../../server/base/ids.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let kiosk: TestKiosk;
let templates: Float32Array[];
beforeEach(async () => {
	box = await makeTestBox();
	const shop = await box.staff();
	kiosk = await box.kiosk();
	const random = dice(7);
	templates = [];
	for (const id of [...shop.people.values()].slice(0, 20)) {
		const template = direction(random);
		templates.push(template);
		box.services.faces.gallery.put(id, [template]);
	}
});
afterEach(async () => {
	await box.services.reverify.settled();
	await box.close();
});

/** Numbers in 0…1 that are the same in every run (mulberry32). */
function dice(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A descriptor of length 1. */
function direction(random: () => number): Float32Array {
	const raw = Float32Array.from({ length: 128 }, () => random() + random() + random() - 1.5);
	const length = Math.hypot(...raw);
	return raw.map((value) => value / length);
}

async function tryFace(descriptor: Float32Array): Promise<Record<string, unknown>> {
	const bytes = new Uint8Array(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength);
	const face = {
		modelId: recogniserTag(box.services.faces.recogniser),
		descriptor: Buffer.from(bytes).toString("base64"),
		...{ frames: 3, jpeg: "A".repeat(200), quality: {}, cameraLabel: "x" },
	};
	const nowMs = box.clock.nowMs();
	const body = {
		id: newId(nowMs),
		atMs: nowMs,
		direction: "auto",
		doubts: [],
		method: { kind: "face", face },
	};
	return (await (await kiosk.call(KIOSK_ROUTES.punch, body)).json()) as Record<string, unknown>;
}

const shape = (reply: Record<string, unknown>): string => Object.keys(reply).sort().join(" ");

test("10,000 guesses: five looks in 30 s, no score, no distance, no list of candidates, nobody found", async () => {
	const random = dice(11);
	let best = direction(random);
	const told = new Map<string, number>();
	let looks = 0;
	for (let guess = 0; guess < 10_000; guess++) {
		const next = direction(random).map((value, i) => value * 0.15 + best[i]!);
		const reply = await tryFace(next);
		const key = [reply.outcome, reply.code, shape(reply)].filter(Boolean).join(" ");
		told.set(key, (told.get(key) ?? 0) + 1);
		if (reply.outcome === "refused") {
			box.clock.pass(31_000);
			continue;
		}
		looks += 1;
		// A climber keeps what scored better; the answers give it nothing to compare.
		if (reply.outcome === "ambiguous") best = next;
	}
	expect([...told.keys()].sort()).toEqual([
		"refused kiosk.refused.too_many_tries code outcome retryAfterSec",
		"unknown outcome",
	]);
	// After every fifth look one answer is "wait".
	expect(told.get("refused kiosk.refused.too_many_tries code outcome retryAfterSec")).toBe(
		Math.floor(looks / 5),
	);
}, 120_000);

test("five fails cost 30 s, also for a face that would be known", async () => {
	const random = dice(3);
	for (let i = 0; i < 5; i++) expect(await tryFace(direction(random))).toEqual({ outcome: "unknown" });
	const waiting = await tryFace(templates[0]!);
	expect(waiting).toEqual({ outcome: "refused", code: "kiosk.refused.too_many_tries", retryAfterSec: 30 });
	box.clock.pass(29_000);
	expect((await tryFace(templates[0]!)).outcome).toBe("refused");
	box.clock.pass(2_000);
	expect((await tryFace(templates[0]!)).outcome).toBe("accepted");
});

test("a match tells a name and a time, never how near it was", async () => {
	const exact = await tryFace(templates[3]!);
	box.clock.pass(90_000);
	const near = await tryFace(templates[3]!.map((value, i) => value + (i % 2 ? 0.02 : -0.02)));
	expect(shape(exact)).toBe("atMs avatar direction doubtful hint minutes name outcome punchId seq");
	expect(shape(near)).toBe(shape(exact));
	expect(near.name).toBe(exact.name);
});

test("numbers of another net, of another length, or that are none, are not compared", async () => {
	const nothing = await tryFace(new Float32Array(128).fill(Number.NaN));
	expect(nothing).toEqual({ outcome: "refused", code: "kiosk.refused.model_changed" });
	expect(await tryFace(new Float32Array(64))).toEqual(nothing);
});
