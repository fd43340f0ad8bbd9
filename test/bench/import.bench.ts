/**
 * How long a punch waits while a staff list of 10,000 is imported: punches are recorded one after the other on the real
 * file, from the upload until the last person is in. Twice, since a second list changes people instead of making them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allEmployees } from "../../db/employee.ts";
import { openStore } from "../../db/store.ts";
import { utf8 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { systemClock } from "../../server/base/units.ts";
import { staffShop } from "../../server/demo/staff-shop.ts";
import { demoPunch } from "../../server/demo/up-to-date.ts";
import { makeSigner } from "../../server/ledger/vkey.ts";
import { makeCards } from "../../server/services/cards.ts";
import { makeDepartments } from "../../server/services/departments.ts";
import { makeEmployees } from "../../server/services/employees.ts";
import { makeDomainBus } from "../../server/services/events.ts";
import { makePeopleImport } from "../../server/services/people-import.ts";
import { recordPunch } from "../../server/services/record-punch.ts";
import { attachCheckpoints } from "../../server/services/sealing.ts";
import { makeShifts } from "../../server/services/shifts.ts";
import { makeVault } from "../../server/vault/vault.ts";
import { BOX } from "../support/test-box.ts";

const ROWS = 10_000;
/** The longest wait of one punch, its own commit included. */
const BAR_MS = 250;
const ZONE = "Asia/Shanghai";

const folder = mkdtempSync(join(tmpdir(), "dianmao-import-"));
const store = openStore({ path: join(folder, "box.db") });
const vault = makeVault(new Uint8Array(32).fill(9), { read: () => undefined, write() {}, destroy() {} });
attachCheckpoints(store, makeSigner("dianmao-bench/site-1/e1", vault.signingSeed(1)), systemClock);
const bus = makeDomainBus((error) => {
	throw error;
});
const deps = { store, clock: systemClock, bus, vault, zone: () => ZONE };
const staffed = {
	employees: makeEmployees(deps),
	departments: makeDepartments(deps),
	shifts: makeShifts(deps),
	cards: { ...deps, ...makeCards(deps) },
};
await staffShop(staffed, "en", BOX);
const names = {
	...{ number: ["No."], name: ["Name"], department: ["Department"], card: ["Card"] },
	...{ joinedOn: ["Joined"], leftOn: ["Left"], shift: ["Shift"] },
};
const onError = (error: unknown) => {
	throw error;
};
const imports = makePeopleImport({ ...deps, names, onError });
const somebody = allEmployees(store)[0]!.id;

/** Punches until told to stop; the gaps between one that is stored and the next, pause included: nobody can be served faster. */
function punchAllTheTime() {
	const waits: number[] = [];
	let isOver = false;
	let storedMs = performance.now();
	const done = (async () => {
		while (!isOver) {
			const plan = { employeeId: somebody, atMs: Date.now(), direction: "auto" as const, doubts: [] };
			await store.commit((tx) =>
				recordPunch(tx, { ...demoPunch({ ...plan, method: "card" }, ZONE, Date.now()), id: newId() }),
			);
			waits.push(performance.now() - storedMs);
			storedMs = performance.now();
			await new Promise((resume) => setTimeout(resume, 2));
		}
	})();
	return {
		async stop() {
			isOver = true;
			waits.push(performance.now() - storedMs);
			await done;
			return waits.sort((a, b) => a - b);
		},
	};
}

async function importList(label: string, suffix: string): Promise<number> {
	const lines = Array.from(
		{ length: ROWS },
		(_, i) => `P${i},Person ${i}${suffix},Plant ${i % 7}/Line ${i % 50},C0FFEE${i}`,
	);
	const file = utf8(`No.,Name,Department,Card\n${lines.join("\n")}`);
	const load = punchAllTheTime();
	const beganMs = performance.now();
	const job = must(imports.start("staff.csv", file, BOX));
	const kindNow = () => imports.find(job.id, BOX)!.state.kind;
	while (kindNow() === "reading" || kindNow() === "checking") await Bun.sleep(5);
	const plannedMs = performance.now();
	must(await imports.confirm(job.id, BOX));
	while (kindNow() === "applying") await Bun.sleep(5);
	const tookMs = performance.now() - plannedMs;
	const { state } = imports.find(job.id, BOX)!;
	if (state.kind !== "done") throw new Error(`${label}: ${JSON.stringify(state).slice(0, 300)}`);
	const waits = await load.stop();
	const worst = waits.at(-1)!;
	const median = waits[Math.floor(waits.length / 2)]!;
	console.log(
		`${label}: checked in ${Math.round(plannedMs - beganMs)} ms, carried out in ${Math.round(tookMs)} ms; ` +
			`${waits.length} punches meanwhile, median ${median.toFixed(1)} ms, longest ${worst.toFixed(0)} ms`,
	);
	return worst;
}

const worst = Math.max(await importList("10,000 new people", ""), await importList("10,000 changes", " Jr"));
store.close();
rmSync(folder, { recursive: true });
console.log(`a punch waited ${worst.toFixed(0)} ms at most; bar ${BAR_MS} ms`);
if (worst > BAR_MS) process.exit(1);
