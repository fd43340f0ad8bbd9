/** Attack row A8: everything a kiosk is ever sent, and everything it keeps, held against the templates of the staff. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { importBoxKey, seal } from "../../kiosk/device/seal.ts";
import { toBase64 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { PEOPLE, person } from "../../server/demo/shop.ts";
import { type HelloReply, KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { assetResponse, kioskAssets } from "../../server/web/assets.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let kiosk: TestKiosk;
/** All that the box answered, by route. */
const heard = new Map<string, string>();
const template = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * 1.7) / 8);
const bytesOf = (numbers: Float32Array) => new Uint8Array(numbers.buffer.slice(0));
const lin = person("lin-wanqing");

beforeAll(async () => {
	box = await makeTestBox();
	const shop = await box.staff();
	for (const id of shop.people.values())
		box.services.faces.gallery.put(id, [template.map((value) => value + Math.random() / 50)]);
	box.services.faces.gallery.put(shop.people.get(lin.key)!, [template]);
	kiosk = await box.kiosk();
	const nowMs = box.clock.nowMs();
	const face = {
		...{ modelId: recogniserTag(box.services.faces.recogniser), descriptor: toBase64(bytesOf(template)) },
		...{ frames: 3, jpeg: "A".repeat(200), quality: {}, cameraLabel: "x" },
	};
	const punch = (method: object) => ({
		id: newId(nowMs),
		atMs: nowMs,
		direction: "auto",
		doubts: [],
		method,
	});
	const hello = { camera: "ok", queued: 0, atMs: nowMs, version: "test" };
	const calls: [string, object][] = [
		[KIOSK_ROUTES.hello, hello],
		[KIOSK_ROUTES.punch, punch({ kind: "face", face })],
		[KIOSK_ROUTES.punch, punch({ kind: "card", card: lin.card, face })],
		[KIOSK_ROUTES.punch, punch({ kind: "pin", number: lin.number, pin: "739184", face })],
		[KIOSK_ROUTES.consent, { lang: "en" }],
		[KIOSK_ROUTES.notMe, { id: newId(), punchId: newId() }],
		[KIOSK_ROUTES.makeup, { id: newId(), number: lin.number, atMs: nowMs, reason: "card_lost" }],
	];
	for (const [path, body] of calls) {
		const response = await kiosk.call(path, body);
		expect([path, response.status]).toEqual([path, 200]);
		heard.set(path, `${heard.get(path) ?? ""}${await response.text()}`);
	}
	const nonce = await box.send(`${KIOSK_ROUTES.nonce}?kiosk=${kiosk.id}`);
	heard.set(KIOSK_ROUTES.nonce, await nonce.text());
});
afterAll(async () => {
	await box.services.reverify.settled();
	await box.close();
});

/** Forty base64 letters in a row that are no key: a descriptor has 683, a hash 43. */
const LONG_CODE = /[A-Za-z0-9+/_-]{200,}/;
/** A list of numbers as a descriptor would be written out. */
const NUMBER_LIST = /(-?\d+\.\d+,\s*){8,}/;

describe("what the box answers", () => {
	test("holds no numbers of a face, in any writing, and no list of people", () => {
		expect(heard.size).toBeGreaterThan(5);
		for (const [path, text] of heard) {
			expect([path, LONG_CODE.test(text), NUMBER_LIST.test(text)]).toEqual([path, false, false]);
			expect([
				path,
				/"(descriptor|template|distance|score|embedding|gallery|candidates)/i.test(text),
			]).toEqual([path, false]);
			const named = box.services.faces.people;
			expect(named).toBeGreaterThan(20);
			expect([path, (text.match(/"name":/g) ?? []).length <= 3]).toEqual([path, true]);
		}
	});

	test("names nobody but the person who punched", () => {
		const all = [...heard.values()].join("");
		expect(all).toContain(lin.name);
		const others = PEOPLE.filter((one) => one.key !== lin.key && all.includes(`"${one.name}"`));
		expect(others).toEqual([]);
	});
});

describe("static files", () => {
	test("of the kiosk hold nobody of the staff", async () => {
		const { urls } = kioskAssets();
		expect(urls.length).toBeGreaterThan(10);
		for (const url of urls) {
			const response = assetResponse(url, new Request("https://localhost/"))!;
			const bytes = Buffer.from(await response.arrayBuffer());
			expect([url, bytes.includes(Buffer.from(bytesOf(template)))]).toEqual([url, false]);
			expect([url, bytes.includes(toBase64(bytesOf(template)))]).toEqual([url, false]);
			expect([url, bytes.includes(lin.card!)]).toEqual([url, false]);
		}
	});
});

describe("the queue kept in the kiosk", () => {
	const secret = { request: { card: lin.card, descriptor: toBase64(bytesOf(template)) } };

	test("is ciphertext that only the box opens, different each time", async () => {
		const { boxKey } = JSON.parse(heard.get(KIOSK_ROUTES.hello)!) as HelloReply;
		const key = await importBoxKey(boxKey);
		const [first, second] = [await seal(key, secret), await seal(key, secret)];
		expect(first).not.toBe(second);
		const plain = Buffer.from(first, "base64").toString("latin1");
		for (const word of [lin.card!, "descriptor", "request"]) expect(plain).not.toContain(word);
		expect(Buffer.from(first, "base64").includes(Buffer.from(bytesOf(template)))).toBe(false);
		await expect(crypto.subtle.exportKey("pkcs8", key)).rejects.toThrow();
	});

	test("altered by one bit, or sealed to another box, it is refused and nothing is stored", async () => {
		const { boxKey } = JSON.parse(heard.get(KIOSK_ROUTES.hello)!) as HelloReply;
		const sealed = Buffer.from(await seal(await importBoxKey(boxKey), secret), "base64");
		sealed[sealed.length - 1]! ^= 1;
		const entry = { id: newId(box.clock.nowMs()), sealed: sealed.toString("base64") };
		const answer = await kiosk.call(KIOSK_ROUTES.drain, { entries: [entry] });
		expect(await answer.json()).toMatchObject({
			results: [{ id: entry.id, reply: { outcome: "refused", code: "kiosk.refused.queue_unreadable" } }],
		});
	});
});
