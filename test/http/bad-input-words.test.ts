/** Bad input gets its stated answer in both languages, word for word, and leaves nothing behind. */
import { describe, expect, test } from "bun:test";
import { zipSync } from "fflate";
import type { MessageVars } from "../../server/base/app-error.ts";
import { newId } from "../../server/base/ids.ts";
import { LANGS, type Lang } from "../../server/base/translate.ts";
import { systemClock } from "../../server/base/units.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS } from "../../server/recogniser/decode.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { BATCH_LIMITS } from "../../server/services/enrolment-batch.ts";
import { translatorOf } from "../../server/web/i18n.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { hardenedFetch } from "../../server/web/security.ts";
import { claimSize, emptyRoom, sample } from "../recognition/pictures.ts";
import { enrolBench, form } from "../support/enrol-bench.ts";
import { portrait } from "../support/portraits.ts";

const { at, agree, upload, templates } = enrolBench();

/** As it stands in a page. */
const plain = (html: string): string =>
	html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");

async function expectWords(code: MessageKey, vars: MessageVars, ask: (lang: Lang) => Promise<Response>) {
	for (const lang of LANGS) {
		at.box.services.store.sqlite.query("UPDATE account SET lang = ?").run(lang);
		const response = await ask(lang);
		expect([lang, response.status >= 400 && response.status < 500]).toEqual([lang, true]);
		expect(plain(await response.text())).toContain(translatorOf(lang)(code, vars));
	}
}

const head = (bytes: Uint8Array, length: number) => bytes.subarray(0, length);
const megabytes = MAX_PHOTO_BYTES / 1024 / 1024;

describe("a photo", () => {
	const rows: readonly (readonly [string, MessageKey, MessageVars, () => Promise<Uint8Array>])[] = [
		["that was cut off", "photo.truncated", {}, async () => head(await portrait("ada"), 9_000)],
		[
			"too many bytes",
			"photo.too_many_bytes",
			{ max: megabytes },
			async () => new Uint8Array(MAX_PHOTO_BYTES + 1),
		],
		[
			"that claims 60,000 x 60,000 pixels",
			"photo.too_large",
			{ max: Math.floor(MAX_PHOTO_PIXELS / 1_000_000) },
			async () => claimSize(await portrait("ada"), 60_000, 60_000),
		],
		["that is none", "photo.not_an_image", {}, async () => new Uint8Array(4_000)],
		["without a face", "enrol.photo_no_face", {}, emptyRoom],
		["with five faces", "enrol.photo_several", { faces: 5 }, () => sample(5)],
	];
	test.each(rows)("%s", async (_, code, vars, photo) => {
		await agree(at.lin);
		const bytes = await photo();
		await expectWords(code, vars, () => upload(at.lin, [bytes]));
		expect(templates(at.lin)).toHaveLength(0);
	});
});

describe("a zip", () => {
	const send = (zip: Uint8Array) =>
		at.hr.send(`/enrolments/batch?version=${CONSENT_VERSION}&lang=en&signed=yes`, {
			method: "POST",
			headers: { "content-type": "application/zip" },
			body: zip as BodyInit,
		});

	test("of 10,000 photos", async () => {
		const names = Array.from({ length: 10_000 }, (_, i) => [`${i}.jpg`, new Uint8Array(1)] as const);
		const zip = zipSync(Object.fromEntries(names), { level: 0 });
		await expectWords("enrol.zip_entries", { max: BATCH_LIMITS.entries }, () => send(zip));
	});

	test("whose only names climb out of it to nobody", async () => {
		const zip = zipSync({ "../../etc/passwd": new Uint8Array(5) });
		await expectWords("enrol.batch_no_photos", {}, () => send(zip));
	});

	test("that is broken", () =>
		expectWords("enrol.zip_damaged", {}, () => send(new TextEncoder().encode("no zip at all, only words"))));
});

test("a card that somebody else has", async () => {
	const lin = person("lin-wanqing");
	const other = at.shop.people.get("zhao-tieshan")!;
	const vars = { name: lin.name, number: lin.number };
	await expectWords("people.card_taken", vars, () =>
		at.hr.send(`/people/${other}/cards`, form({ card: lin.card! })),
	);
});

describe("at the edge", () => {
	const edge = hardenedFetch(() => new Response("in"), {
		scheme: "https",
		isAllowedHost: (name) => name === "dianmao.local",
		clock: systemClock,
		onError: (error) => {
			throw error;
		},
	});
	const server = { requestIP: () => ({ address: "10.0.0.66" }), timeout() {} };
	const ask = async (lang: Lang, more: Record<string, string>) => {
		const headers = { host: "dianmao.local", accept: "text/html", "accept-language": lang, ...more };
		const request = new Request("https://dianmao.local/people", { method: "POST", headers, body: "x" });
		return edge(request, server);
	};

	test("a body of 8 MB", () =>
		expectWords("edge.body_too_large", { megabytes: 1 }, (lang) =>
			ask(lang, { "content-length": "8000000", origin: "https://dianmao.local" }),
		));

	test("a host that is not ours", () =>
		expectWords("edge.host_unknown", {}, (lang) => ask(lang, { host: "evil.example" })));
});

test("a disk without any room: the form says so and keeps nothing, the kiosk is told to try again", async () => {
	const { sqlite } = at.box.services.store;
	const kiosk = await at.box.kiosk();
	const { page_count } = sqlite.query("PRAGMA page_count").get() as { page_count: number };
	sqlite.run(`PRAGMA max_page_count = ${page_count}`);
	const create = (i: number) =>
		at.hr.send(
			"/people/departments/new",
			form({ name: `Long enough a name ${i}`, parentId: "", shiftId: "" }),
		);
	let made = 0;
	while ((await create(made)).status < 400 && made < 2_000) made++;
	for (const lang of LANGS) {
		sqlite.query("UPDATE account SET lang = ?").run(lang);
		const response = await create(made);
		expect(response.status).toBe(503);
		expect(plain(await response.text())).toContain(translatorOf(lang)("errors.disk_full"));
	}
	const names = sqlite.query("SELECT name FROM department WHERE name LIKE 'Long enough%'").all();
	expect(names).toHaveLength(made);
	const request = await kiosk.prepare(KIOSK_ROUTES.punch, {
		...{ id: newId(at.box.clock.nowMs()), atMs: at.box.clock.nowMs(), direction: "auto", doubts: [] },
		method: { kind: "card", card: person("lin-wanqing").card },
	});
	const answer = await at.box.send(request.path, request.init);
	expect([answer.status, (await answer.json()).error.code]).toEqual([503, "errors.disk_full"]);
	sqlite.run("PRAGMA max_page_count = 1000000");
	const again = await kiosk.call(KIOSK_ROUTES.punch, JSON.parse(String(request.init.body)));
	expect(await again.json()).toMatchObject({ outcome: "accepted" });
});
