/** Attack row A5: somebody on the LAN without a kiosk's key knocks at every kiosk route. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId } from "../../server/base/ids.ts";
import { person } from "../../server/demo/shop.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { ACCESS } from "../../server/web/access.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
beforeAll(async () => {
	box = await makeTestBox();
	await box.staff();
});
afterAll(() => box.close());

/** Every table whose rows a kiosk can cause. */
const rows = () =>
	[
		"punch",
		"punch_note",
		"punch_photo",
		"makeup_request",
		"enrolment",
		"consent",
		"kiosk",
		"ledger_leaf",
	].map(
		(table) =>
			(box.services.store.sqlite.query(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
	);

const OPEN: string[] = [KIOSK_ROUTES.pair, KIOSK_ROUTES.nonce];
const signedRoutes = Object.values(KIOSK_ROUTES).filter((path) => !OPEN.includes(path));
const body = JSON.stringify({
	...{ id: newId(), atMs: Date.now(), direction: "auto", doubts: [] },
	method: { kind: "card", card: person("lin-wanqing").card },
});
const knock = (path: string, headers: Record<string, string> = {}) =>
	box.send(path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

test("the list of kiosk routes is complete", () => {
	const listed = Object.keys(ACCESS).filter((rule) => rule.includes("/api/kiosk/"));
	expect(listed.map((rule) => rule.split(" ")[1]!).sort()).toEqual(Object.values(KIOSK_ROUTES).sort());
});

describe("without a signature", () => {
	for (const path of signedRoutes)
		test(`${path}: 401 and nothing stored`, async () => {
			const before = rows();
			const tries: Record<string, string>[] = [
				{},
				{ "x-kiosk-id": "' OR 1=1--" },
				{ cookie: "dianmao_session=x", authorization: "Bearer x" },
				{ "x-kiosk-id": newId(), "x-kiosk-signature": "AA", "x-kiosk-counter": "1", "x-kiosk-time": "1" },
			];
			for (const headers of tries) {
				const response = await knock(path, headers);
				expect(response.status).toBe(401);
				const { error } = (await response.json()) as { error: { code: string } };
				expect(["kiosk.auth.unsigned", "kiosk.auth.unknown_kiosk"]).toContain(error.code);
			}
			await box.services.store.settled();
			expect(rows()).toEqual(before);
		});
});

test("pairing without a code, or with a guessed one, makes no kiosk and soon has to wait", async () => {
	const before = rows();
	const publicKey = Buffer.alloc(91).toString("base64url");
	const statuses = [];
	for (let i = 0; i < 8; i++) {
		const init = { method: "POST", body: JSON.stringify({ code: `0000000${i}`, publicKey, label: "x" }) };
		statuses.push((await box.send(KIOSK_ROUTES.pair, init)).status);
	}
	expect(statuses.slice(0, 4)).toEqual([403, 403, 403, 403]);
	expect(statuses.at(-1)).toBe(429);
	expect(rows()).toEqual(before);
});

test("a nonce is given to nobody who is not a kiosk", async () => {
	for (const id of ["", newId(), "../../etc/passwd"])
		expect((await box.send(`${KIOSK_ROUTES.nonce}?kiosk=${encodeURIComponent(id)}`)).status).toBe(401);
});
