/** Attack rows A4 and A6: a captured kiosk request sent again or altered, and a copied kiosk key. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { kioskById } from "../../db/kiosk.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import {
	SIGNED_HEADERS as H,
	NONCE_LIFE_MS,
	SIGNED_TIME_TOLERANCE_MS,
} from "../../server/protocol/signing.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import { makeTestKiosk, type TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let kiosk: TestKiosk;
let other: TestKiosk;
beforeEach(async () => {
	box = await makeTestBox();
	await box.staff();
	kiosk = await box.kiosk("Front");
	other = await box.kiosk("Back");
});
afterEach(() => box.close());

const CARD = person("lin-wanqing").card!;
const punchBody = () => ({
	...{ id: newId(box.clock.nowMs()), atMs: box.clock.nowMs(), direction: "auto", doubts: [] },
	method: { kind: "card", card: CARD },
});
const punches = (): number =>
	(box.services.store.sqlite.query("SELECT count(*) AS n FROM punch").get() as { n: number }).n;
const refusals = () => listAudit(box.services.store, { action: "kiosks.refused", limit: 1_000 });

type Call = { path: string; headers: Record<string, string>; body: string };

async function captured(): Promise<Call> {
	const { path, init } = await kiosk.prepare(KIOSK_ROUTES.punch, punchBody());
	return { path, headers: { ...(init.headers as Record<string, string>) }, body: String(init.body) };
}

async function sendCall({ path, headers, body }: Call): Promise<[number, string | undefined]> {
	const response = await box.send(path, { method: "POST", headers, body });
	const answer = (await response.json()) as { error?: { code: string } };
	return [response.status, answer.error?.code];
}

async function freshNonce(id: string): Promise<string> {
	const response = await box.send(`${KIOSK_ROUTES.nonce}?kiosk=${id}`);
	return ((await response.json()) as { nonce: string }).nonce;
}

describe("a captured request", () => {
	test("sent again is refused and stores nothing more", async () => {
		const call = await captured();
		expect((await sendCall(call))[0]).toBe(200);
		expect(await sendCall(call)).toEqual([401, "kiosk.auth.nonce_unknown"]);
		expect(punches()).toBe(1);
	});

	const forged = "kiosk.auth.signature";
	const rows: [string, string, (call: Call) => void | Promise<void>][] = [
		[
			"another time",
			forged,
			({ headers }) => {
				headers[H.timeMs] = String(box.clock.nowMs() + 1);
			},
		],
		[
			"another body",
			forged,
			(call) => {
				call.body = JSON.stringify(punchBody());
			},
		],
		[
			"a body with one more space",
			forged,
			(call) => {
				call.body += " ";
			},
		],
		[
			"another path",
			forged,
			(call) => {
				call.path = KIOSK_ROUTES.hello;
			},
		],
		[
			"a query",
			forged,
			(call) => {
				call.path += "?a=1";
			},
		],
		[
			"a fresh nonce",
			forged,
			async ({ headers }) => {
				headers[H.nonce] = await freshNonce(kiosk.id);
			},
		],
		[
			"a made-up nonce",
			"kiosk.auth.nonce_unknown",
			({ headers }) => {
				headers[H.nonce] = "A".repeat(22);
			},
		],
		[
			"another kiosk's name and nonce",
			forged,
			async ({ headers }) => {
				headers[H.kiosk] = other.id;
				headers[H.nonce] = await freshNonce(other.id);
			},
		],
		[
			"another kiosk's name",
			"kiosk.auth.nonce_unknown",
			({ headers }) => {
				headers[H.kiosk] = other.id;
			},
		],
		[
			"an unknown kiosk",
			"kiosk.auth.unknown_kiosk",
			({ headers }) => {
				headers[H.kiosk] = newId();
			},
		],
		[
			"another counter",
			forged,
			({ headers }) => {
				headers[H.counter] = "999";
			},
		],
		[
			"no signature",
			"kiosk.auth.unsigned",
			({ headers }) => {
				delete headers[H.signature];
			},
		],
		[
			"a cut signature",
			forged,
			({ headers }) => {
				headers[H.signature] = "AAAA";
			},
		],
	];
	for (const [name, code, spoil] of rows)
		test(`with ${name}: ${code}`, async () => {
			const call = await captured();
			await spoil(call);
			expect(await sendCall(call)).toEqual([401, code]);
			expect(punches()).toBe(0);
		});

	test("held back: first its time, then its nonce is too old", async () => {
		const late = await captured();
		box.clock.pass(SIGNED_TIME_TOLERANCE_MS + 1);
		expect(await sendCall(late)).toEqual([401, "kiosk.auth.time"]);
		const later = await captured();
		box.clock.pass(NONCE_LIFE_MS + 1);
		expect(await sendCall(later)).toEqual([401, "kiosk.auth.nonce_old"]);
		expect(punches()).toBe(0);
	});

	test("refused leaves a line in the audit; a flood leaves few", async () => {
		const call = await captured();
		call.headers[H.signature] = "AAAA";
		await sendCall(call);
		await box.services.store.settled();
		expect(refusals()).toMatchObject([{ objectId: kiosk.id, detail: { code: "kiosk.auth.signature" } }]);
		for (let i = 0; i < 500; i++) await sendCall(call);
		await box.services.store.settled();
		expect(refusals().length).toBeLessThanOrEqual(3);
		box.clock.pass(11_000);
		await sendCall(call);
		await box.services.store.settled();
		expect(refusals().length).toBeLessThanOrEqual(4);
	});
});

test("whoever asks for nonces in a kiosk's name, or spoils its requests, does not get in its way", async () => {
	const call = await captured();
	for (let i = 0; i < 50; i++) await freshNonce(kiosk.id);
	const spoilt = { ...call, headers: { ...call.headers, [H.signature]: "AAAA" } };
	expect(await sendCall(spoilt)).toEqual([401, "kiosk.auth.signature"]);
	expect((await sendCall(call))[0]).toBe(200);
});

describe("a copied key", () => {
	/** The thief goes on from the counter of the day of the copy. */
	const thief = (counter: number) =>
		makeTestKiosk(box.send, { id: kiosk.id, key: kiosk.key, counter }, box.clock.nowMs);
	const punch = async (who: TestKiosk) => {
		const response = await who.call(KIOSK_ROUTES.punch, punchBody());
		return ((await response.json()) as { error?: { code: string } }).error?.code ?? "in";
	};

	test("clashes with the original: the kiosk is suspended at once, sealed, and neither gets in again", async () => {
		expect(await punch(kiosk)).toBe("in");
		expect(await punch(thief(0))).toBe("kiosk.auth.counter_clash");
		await box.services.store.settled();
		expect(kioskById(box.services.store, kiosk.id)?.status).toBe("suspended");
		expect(await punch(kiosk)).toBe("kiosk.auth.suspended");
		expect(await punch(thief(50))).toBe("kiosk.auth.suspended");
		expect(punches()).toBe(1);
		expect(listAudit(box.services.store, { action: "kiosks.clash", limit: 9 })[0]?.seq).toBeNumber();
	});

	test("with an older counter is refused without harm to the original", async () => {
		for (let i = 0; i < 3; i++) expect(await punch(kiosk)).toBe("in");
		expect(await punch(thief(0))).toBe("kiosk.auth.counter_low");
		expect(await punch(kiosk)).toBe("in");
	});

	test("of a revoked kiosk is worth nothing with the next request", async () => {
		expect(await punch(kiosk)).toBe("in");
		must(await box.services.kiosks.revoke(kiosk.id, BOX));
		expect(await punch(kiosk)).toBe("kiosk.auth.revoked");
		expect(await punch(thief(80))).toBe("kiosk.auth.revoked");
		expect(punches()).toBe(1);
	});
});
