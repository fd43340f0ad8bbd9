/** F20, F21: the wall clock is set back or forward, or starts in the past. Punches stand and are marked, the ledger stays in order. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSnapshot } from "../../db/read-only.ts";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";
import { verdictOf } from "../support/box-audit.ts";
import { ANY_CERTIFICATE, startBox } from "../support/box-process.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";
import { makeTestKiosk } from "../support/test-kiosk.ts";

const LIBRARY = [
	"/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
	"/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
].find((path) => existsSync(path));

const base = mkdtempSync(join(tmpdir(), "dianmao-clock-"));
const RATE = join(base, "offset");
let seeded: SeededBox;
beforeAll(async () => {
	seeded = await seedBox(join(base, "seed"), { kiosks: 1 });
});
afterAll(() => rmSync(base, { recursive: true }));

interface Marked {
	readonly clock: string;
	readonly leaves: number;
}

/** Starts with the clock off by `first`, sets it to `then` while running, punches, and tells how that punch is marked. */
async function punchAfter(name: string, first: string, then: string, offsetMs: number): Promise<Marked> {
	const dataDir = join(base, name);
	cpSync(join(base, "seed"), dataDir, { recursive: true });
	await Bun.write(RATE, first);
	const env = {
		...{ LD_PRELOAD: LIBRARY!, FAKETIME_TIMESTAMP_FILE: RATE, FAKETIME_DONT_FAKE_MONOTONIC: "1" },
		...{ FAKETIME_NO_CACHE: "1" },
	};
	const box = await startBox({ dataDir, env });
	await Bun.write(RATE, then);
	await Bun.sleep(1_500);
	const send = (path: string, init?: RequestInit) =>
		fetch(`https://127.0.0.1:${box.httpsPort}${path}`, { ...init, tls: ANY_CERTIFICATE } as RequestInit);
	const nowMs = () => Date.now() + offsetMs;
	const kiosk = makeTestKiosk(send, { ...seeded.kiosks[0]!, counter: 1_000 }, nowMs);
	const reply = await kiosk.punch({ kind: "card", card: seeded.cards[0]! });
	expect(reply.outcome).toBe("accepted");
	expect((await kiosk.call(KIOSK_ROUTES.consent, { lang: "en" })).status).toBe(200);
	await box.kill("SIGTERM");
	expect(await verdictOf(dataDir)).toBe("OK");
	return readSnapshot(join(dataDir, "dianmao.db"), ({ sqlite }) => {
		const { clock } = sqlite.query("SELECT clock FROM punch ORDER BY seq DESC").get() as { clock: string };
		const sql = "SELECT count(*) AS leaves FROM ledger_leaf WHERE type = 'clock'";
		return { clock, ...(sqlite.query(sql).get() as { leaves: number }) };
	});
}

const HOUR_MS = 3_600_000;

describe.skipIf(!LIBRARY)("the wall clock", () => {
	test("stays right: nothing is marked", async () => {
		expect(await punchAfter("right", "+0", "+0", 0)).toEqual({ clock: "ok", leaves: 0 });
	}, 30_000);

	test("is set back three hours", async () => {
		expect(await punchAfter("back", "+0", "-3h", -3 * HOUR_MS)).toEqual({ clock: "jumped", leaves: 1 });
	}, 30_000);

	test("is set forward a day", async () => {
		expect(await punchAfter("forward", "+0", "+24h", 24 * HOUR_MS)).toEqual({ clock: "jumped", leaves: 1 });
	}, 30_000);

	test("was behind the ledger already at the start", async () => {
		expect(await punchAfter("behind", "-2h", "-2h", -2 * HOUR_MS)).toEqual({ clock: "jumped", leaves: 1 });
	}, 30_000);
});
