/** F28 and a kill in the middle of a punch: the answer is lost after the commit, the kiosk asks again with the same id, and it is one punch. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSnapshot } from "../../db/read-only.ts";
import { newId } from "../../server/base/ids.ts";
import { KIOSK_ROUTES, type PunchReply } from "../../server/protocol/kiosk.ts";
import { findStored, verdictOf } from "../support/box-audit.ts";
import { ANY_CERTIFICATE, type BoxProcess, freePort, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";
import { makeTestKiosk } from "../support/test-kiosk.ts";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { waitForAck } from "./kill-rig.ts";

const dataDir = mkdtempSync(join(tmpdir(), "dianmao-lost-"));
const ports = { httpsPort: freePort(), httpPort: freePort() };
let seeded: SeededBox;
let box: BoxProcess;
beforeAll(async () => {
	seeded = await seedBox(dataDir, { kiosks: 4 });
	box = await startBox({ dataDir, ...ports });
}, 30_000);
afterAll(async () => {
	await box.kill();
	rmSync(dataDir, { recursive: true });
});

test("answers cut off after the commit: each punch is stored once and told with one receipt", async () => {
	const proxy = startCuttingProxy(ports.httpsPort);
	const load = startLoad({
		url: `https://127.0.0.1:${proxy.port}`,
		seeded,
	});
	await waitForAck(load, performance.now());
	proxy.cutAnswers(25);
	while (proxy.lost < 25) await waitForAck(load, performance.now());
	await load.stop();
	proxy.stop();
	expect(load.retries).toBeGreaterThanOrEqual(20);
	expect(load.faults).toEqual([]);
	expect(findStored(dataDir, load)).toEqual({ punches: load.tried, lost: [] });
	expect(await verdictOf(dataDir)).toBe("OK");
}, 60_000);

test("killed in the middle of one punch: exactly one row, whenever the kill comes", async () => {
	const count = (id: string): number =>
		readSnapshot(join(dataDir, "dianmao.db"), ({ sqlite }) => {
			const row = sqlite.query("SELECT count(*) AS n FROM punch WHERE id = ?").get(id) as { n: number };
			return row.n;
		});
	const send = (path: string, init?: RequestInit) =>
		fetch(`https://127.0.0.1:${ports.httpsPort}${path}`, { ...init, tls: ANY_CERTIFICATE } as RequestInit);
	for (const [round, waitMs] of [0, 2, 5].entries()) {
		const kiosk = makeTestKiosk(send, { ...seeded.kiosks[0]!, counter: 10_000 * (round + 1) }, Date.now);
		const id = newId();
		const method = { kind: "card" as const, card: seeded.cards[0]! };
		const { path, init } = await kiosk.prepare(KIOSK_ROUTES.punch, {
			...{ id, atMs: Date.now(), direction: "auto", doubts: [], method },
		});
		const first = send(path, init).catch(() => undefined);
		await Bun.sleep(waitMs);
		await box.kill();
		await first;
		box = await startBox({ dataDir, ...ports });
		const reply: PunchReply = await kiosk.punch(method, { id });
		expect(reply).toMatchObject({ outcome: "accepted", punchId: id });
		expect(count(id)).toBe(1);
	}
}, 60_000);
