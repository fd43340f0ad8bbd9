/** Attack row A26 at the kiosk's routes: pictures that are broken, huge, or no pictures. The punch stands, nothing breaks, nothing bad is kept. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { notesOf, punchPhoto } from "../../db/punch.ts";
import { toBase64, utf8 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES, type PunchReply } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { makeReverify } from "../../server/services/reverify.ts";
import { claimSize, emptyRoom } from "../recognition/pictures.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let kiosk: TestKiosk;
let linId: string;
const lin = person("lin-wanqing");
const template = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * 1.7) / 8);

beforeAll(async () => {
	box = await makeTestBox();
	linId = (await box.staff()).people.get(lin.key)!;
	box.services.faces.gallery.put(linId, [template]);
	kiosk = await box.kiosk();
});
afterAll(async () => {
	await box.services.reverify.settled();
	await box.close();
});

const fail = (error: unknown) => {
	throw error;
};
const good = await emptyRoom();
const padded = (text: string) => utf8(text.padEnd(400, " "));
const CORPUS: readonly (readonly [string, Uint8Array])[] = [
	["cut off in the middle", good.subarray(0, Math.floor(good.length / 2))],
	["cut off in its head", good.subarray(0, 120)],
	["claims 60,000 × 60,000 pixels", claimSize(good, 60_000, 60_000)],
	["claims no pixels", claimSize(good, 0, 0)],
	["bytes changed all over", good.map((byte, i) => (i > 200 && i % 97 === 0 ? byte ^ 0x55 : byte))],
	["nothing but a head", Uint8Array.from({ length: 400 }, (_, i) => [0xff, 0xd8, 0xff, 0xe0][i] ?? 0)],
	["an SVG with script", padded(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`)],
	["a page", padded("<!doctype html><script>x()</script>")],
	[
		"a PNG's head",
		Uint8Array.from({ length: 400 }, (_, i) => [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10][i] ?? 0),
	],
	["a HEIC's head", padded("\0\0\0\x18ftypheic")],
	["zeros", new Uint8Array(4_000)],
];

const faceOf = (jpeg: Uint8Array) => ({
	modelId: recogniserTag(box.services.faces.recogniser),
	descriptor: toBase64(new Uint8Array(template.buffer.slice(0))),
	...{ frames: 3, jpeg: toBase64(jpeg), quality: {}, cameraLabel: "x" },
});

describe("as evidence of a punch", () => {
	for (const [name, jpeg] of CORPUS)
		test(`${name}: the punch stands and is marked`, async () => {
			box.clock.pass(120_000);
			const reply = (await kiosk.punch({ kind: "face", face: faceOf(jpeg) })) as PunchReply;
			if (reply.outcome !== "accepted") throw new Error(JSON.stringify(reply));
			await box.services.reverify.settled();
			const kinds = notesOf(box.services.store, reply.punchId).map((note) => note.kind);
			expect(["mismatch", "unverifiable"]).toContain(kinds[0]!);
			expect(punchPhoto(box.services.store, reply.punchId)?.employeeId).toBe(linId);
		}, 20_000);

	test("a look that a stop of the box cut off is taken up at the next start", async () => {
		const { store, reverify, engine, faces, vault, bus, clock } = box.services;
		box.clock.pass(120_000);
		await reverify.stop();
		const reply = await kiosk.punch({ kind: "face", face: faceOf(good) });
		if (reply.outcome !== "accepted") throw new Error(JSON.stringify(reply));
		expect(notesOf(store, reply.punchId)).toEqual([]);
		const after = makeReverify({ store, clock, bus, faces, vault, describer: engine, onError: fail });
		after.resume();
		await after.settled();
		expect(notesOf(store, reply.punchId).map((note) => note.kind)).toEqual(["mismatch"]);
	}, 20_000);

	test("not base64: refused before anything looks at it", async () => {
		const face = { ...faceOf(good), jpeg: "<script>".repeat(40) };
		const body = {
			...{ id: newId(), atMs: box.clock.nowMs(), direction: "auto", doubts: [] },
			method: { kind: "face", face },
		};
		const response = await kiosk.call(KIOSK_ROUTES.punch, body);
		expect(await response.json()).toEqual({ outcome: "refused", code: "kiosk.refused.malformed" });
	});

	test("too long: refused", async () => {
		const face = { ...faceOf(good), jpeg: "A".repeat(700_001) };
		const body = {
			...{ id: newId(), atMs: box.clock.nowMs(), direction: "auto", doubts: [] },
			method: { kind: "face", face },
		};
		expect((await kiosk.call(KIOSK_ROUTES.punch, body)).status).toBe(422);
	});
});

describe("as enrolment at the door", () => {
	for (const [name, jpeg] of CORPUS)
		test(`${name}: refused, and neither photo nor consent is kept`, async () => {
			box.clock.pass(60_000);
			const photo = { pose: "front", jpeg: toBase64(jpeg) };
			const body = {
				...{ id: newId(box.clock.nowMs()), number: lin.number },
				...{ consent: { version: CONSENT_VERSION, lang: "en" }, photos: [photo, photo, photo] },
			};
			const response = await kiosk.call(KIOSK_ROUTES.enrol, body);
			const reply = (await response.json()) as { outcome?: string };
			expect(response.status).toBeLessThan(500);
			expect(reply.outcome ?? "refused").toBe("refused");
			const { sqlite } = box.services.store;
			expect(sqlite.query("SELECT count(*) AS n FROM enrolment_photo").get()).toEqual({ n: 0 });
			expect(sqlite.query("SELECT count(*) AS n FROM consent WHERE withdrawn_ms IS NULL").get()).toEqual({
				n: 0,
			});
		}, 20_000);
});
