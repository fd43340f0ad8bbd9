/** Data that must not be touched: the box says why and what to do, changes nothing, and starts again once it is put right. */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdtempSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import en from "../../assets/locales/start.en.json";
import { SCHEMA_VERSION } from "../../db/migrate.ts";
import type { StartRefusal } from "../../server/start/start-error.ts";
import { fingerprint } from "../support/box-audit.ts";
import { runRefused, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { seedBox } from "../support/seeded-box.ts";
import { waitForAck } from "./kill-rig.ts";

const REFUSED = 78;
const base = mkdtempSync(join(tmpdir(), "dianmao-refused-"));
/** A box killed while it took punches: rows in the `-wal`. */
const killed = join(base, "killed");
/** The same box before those punches. */
const yesterday = join(base, "yesterday");
let dataDir = "";
let round = 0;

beforeAll(async () => {
	const seeded = await seedBox(killed, { kiosks: 2 });
	cpSync(killed, yesterday, { recursive: true });
	const box = await startBox({ dataDir: killed });
	const load = startLoad({ url: `https://127.0.0.1:${box.httpsPort}`, seeded });
	await waitForAck(load, performance.now());
	await load.stop();
	// At once: the mark made durable every two seconds lags behind, the exact one does not.
	await box.kill();
}, 30_000);
beforeEach(() => {
	dataDir = join(base, `round-${round++}`);
	cpSync(killed, dataDir, { recursive: true });
});
afterAll(() => rmSync(base, { recursive: true }));

const file = (name: string): string => join(dataDir, name);

/** The start is refused for `reason`, in words, and the database with its `-wal` stays as it was. */
async function expectRefusal(reason: StartRefusal): Promise<void> {
	const before = await prints();
	const refused = await runRefused({ dataDir });
	expect(refused.output).toContain(en[`start.${reason}`].split(/[{.:]/)[0]!.trim());
	expect(refused.status).toBe(REFUSED);
	expect(await prints()).toEqual(before);
}

/** A look at a database leaves an empty `-wal` behind, which means the same as none. */
const hasContent = (path: string): boolean => existsSync(path) && statSync(path).size > 0;

const prints = () =>
	Promise.all(
		["dianmao.db", "dianmao.db-wal"].map((name) => hasContent(file(name)) && fingerprint(file(name))),
	);

async function expectStart(): Promise<void> {
	const box = await startBox({ dataDir });
	await box.kill("SIGTERM");
	expect(await box.exited).toBe(0);
}

test("a second process on the same folder", async () => {
	const first = await startBox({ dataDir });
	const second = await runRefused({ dataDir });
	expect(second.status).toBe(REFUSED);
	expect(second.output).toContain("already uses");
	// From source most of this is loading the program; the lock itself answers at once.
	expect(second.ms).toBeLessThan(first.readyMs + 1_000);
	await first.kill("SIGTERM");
});

test("the database is gone, or empty, where keys are", async () => {
	for (const suffix of ["", "-wal", "-shm"]) rmSync(file(`dianmao.db${suffix}`), { force: true });
	await expectRefusal("database_missing");
	copyFileSync(join(killed, "dianmao.db"), file("dianmao.db"));
	truncateSync(file("dianmao.db"), 0);
	await expectRefusal("database_missing");
});

test("the -wal is gone: first refused, then found again", async () => {
	for (const suffix of ["-wal", "-shm"]) rmSync(file(`dianmao.db${suffix}`));
	await expectRefusal("rolled_back");
	copyFileSync(join(killed, "dianmao.db-wal"), file("dianmao.db-wal"));
	await expectStart();
});

test("the last commit alone is missing from the -wal", async () => {
	const before = statSync(join(killed, "dianmao.db-wal")).size;
	rmSync(file("dianmao.db-shm"));
	truncateSync(file("dianmao.db-wal"), before - 1);
	await expectRefusal("rolled_back");
});

test("a power cut tore the exact mark: the durable one counts", async () => {
	writeFileSync(file("ledger.hwm-now"), Buffer.alloc(512));
	await expectStart();
	writeFileSync(file("ledger.hwm-now"), "torn");
	copyFileSync(join(yesterday, "dianmao.db"), file("dianmao.db"));
	for (const suffix of ["-wal", "-shm"]) rmSync(file(`dianmao.db${suffix}`), { force: true });
	await expectRefusal("rolled_back");
});

test("yesterday's copy, with and without today's mark", async () => {
	for (const suffix of ["-wal", "-shm"]) rmSync(file(`dianmao.db${suffix}`));
	copyFileSync(join(yesterday, "dianmao.db"), file("dianmao.db"));
	await expectRefusal("rolled_back");
});

test("a -wal cut short", async () => {
	rmSync(file("dianmao.db-shm"));
	truncateSync(file("dianmao.db-wal"), Math.floor(statSync(file("dianmao.db-wal")).size / 2));
	await expectRefusal("rolled_back");
});

test("the key is gone, or another box's", async () => {
	rmSync(file("keys/root.key"));
	await expectRefusal("key_missing");
	const other = join(base, "other");
	await seedBox(other, { kiosks: 0 });
	copyFileSync(join(other, "keys/root.key"), file("keys/root.key"));
	await expectRefusal("key_wrong");
	copyFileSync(join(killed, "keys/root.key"), file("keys/root.key"));
	await expectStart();
});

test("a newer program wrote it", async () => {
	const sqlite = new Database(file("dianmao.db"));
	sqlite.run(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
	sqlite.close();
	await expectRefusal("newer_schema");
});

test("a row was changed from outside: the last checkpoint no longer fits", async () => {
	const sqlite = new Database(file("dianmao.db"));
	sqlite.run("DROP TRIGGER ledger_node_unchanged");
	sqlite.run("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = (SELECT max(level) FROM ledger_node)");
	sqlite.close();
	await expectRefusal("ledger_broken");
});

test("left alone, it starts", expectStart);
