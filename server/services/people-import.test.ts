import { beforeEach, describe, expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { listAudit } from "../../db/audit.ts";
import { departmentTree } from "../../db/department.ts";
import { allEmployees, employeeByCard, employeeByNumber } from "../../db/employee.ts";
import { insertFileJob } from "../../db/file-job.ts";
import { ledgerSize } from "../../db/ledger.ts";
import { shopWorld, type World } from "../../test/shop-world.ts";
import { utf8 } from "../base/bytes.ts";
import { must } from "../base/result.ts";
import { person } from "../demo/shop.ts";
import { writeXlsx } from "../exports/xlsx.ts";
import { cardLookup } from "./cards.ts";
import { type ImportJob, makePeopleImport, type PeopleImport } from "./people-import.ts";
import { IMPORT_KIND } from "./people-import-lock.ts";

const NAMES = {
	number: ["No.", "Employee number"],
	name: ["Name"],
	department: ["Department"],
	card: ["Card"],
	joinedOn: ["Joined"],
	leftOn: ["Last day"],
	shift: ["Shift"],
};

const onError = (error: unknown) => void Promise.reject(error);
let world: World;
let imports: PeopleImport;
beforeEach(async () => {
	world = await shopWorld();
	imports = makePeopleImport({ ...world, names: NAMES, onError });
});

async function settled(job: ImportJob): Promise<ImportJob["state"]> {
	for (;;) {
		const { state } = imports.find(job.id, world.by)!;
		if (state.kind !== "reading" && state.kind !== "checking") return state;
		await Bun.sleep(2);
	}
}
const start = (file: string | Uint8Array) =>
	must(imports.start("staff.csv", typeof file === "string" ? utf8(file) : file, world.by));
async function plan(file: string | Uint8Array) {
	const job = start(file);
	const state = await settled(job);
	if (state.kind !== "planned") throw new Error(JSON.stringify(state));
	return { job, plan: state.plan };
}
const findings = async (file: string) =>
	(await plan(file)).plan.findings.map(({ line, column, error }) => [line, column, error.code]);
async function carryOut(file: string | Uint8Array) {
	const { job } = await plan(file);
	return confirmed(job);
}

/** How it ends. */
async function confirmed(job: ImportJob): Promise<ImportJob["state"]> {
	must(await imports.confirm(job.id, world.by));
	await imports.settled();
	return imports.find(job.id, world.by)!.state;
}
const byNumber = (number: string) => employeeByNumber(world.store, number);

describe("a good list", () => {
	test("makes new people, changes known ones, and leaves out what it does not name", async () => {
		const before = ledgerSize(world.store);
		const list = [
			"Staff of March,,,,",
			"No.*,Name,Department,Joined (day),Card,Favourite dish",
			'2001,"=HYPERLINK(""x"")",Hall/Terrace,2026/3/1,CARD2001,soup',
			"1001,,,,,",
			"1002,New Name,,,,",
			",,,,,",
		].join("\n");
		const { job, plan: planned } = await plan(list);
		expect(planned.ignored).toEqual(["Favourite dish"]);
		expect(planned.newDepartments).toEqual(["Hall", "Hall/Terrace"]);
		expect(planned.rows.map((row) => row.kind)).toEqual(["create", "same", "change"]);
		expect(allEmployees(world.store)).toHaveLength(30);
		expect(await confirmed(job)).toEqual({
			kind: "done",
			result: { created: 1, changed: 1, same: 1 },
		});
		expect(byNumber("2001")).toMatchObject({ name: '=HYPERLINK("x")', joinedOn: "2026-03-01" });
		expect(byNumber("1002")).toMatchObject({ name: "New Name", joinedOn: person("zhao-tieshan").joinedOn });
		expect(employeeByCard(world.store, cardLookup(world.vault, "card2001")!)?.number).toBe("2001");
		expect(departmentTree(world.store, "2026-03-02").map((node) => node.path)).toContain("Hall/Terrace");
		expect(ledgerSize(world.store)).toBe(before + 1);
		const history = listAudit(world.store, { objectId: byNumber("1002")!.id, limit: 1 });
		expect(history[0]).toMatchObject({ action: "people.change", detail: { name: "changed", import: true } });
	});

	test("is carried out once, however often it is confirmed", async () => {
		const { job } = await plan("No.,Name\n2001,One\n");
		await Promise.all([imports.confirm(job.id, world.by), imports.confirm(job.id, world.by)]);
		await imports.confirm(job.id, world.by);
		await imports.settled();
		expect(allEmployees(world.store)).toHaveLength(31);
	});

	test("that was exported comes back unchanged", async () => {
		const paths = new Map(departmentTree(world.store, "2026-03-02").map((node) => [node.id, node.path]));
		const rows = allEmployees(world.store).map((one) => [
			one.number,
			one.name,
			paths.get(one.departmentId!)!,
			one.joinedOn,
			one.leftOn,
		]);
		const bytes = await writeXlsx({
			title: "Staff",
			zone: "Asia/Shanghai",
			columns: [
				{ title: "Employee number", kind: "text" },
				{ title: "Name", kind: "text" },
				{ title: "Department", kind: "text" },
				{ title: "Joined", kind: "date" },
				{ title: "Last day", kind: "date" },
			],
			rows,
		});
		const { plan: planned } = await plan(bytes);
		expect(planned.findings).toEqual([]);
		expect(new Set(planned.rows.map((row) => row.kind))).toEqual(new Set(["same"]));
		expect(planned.rows).toHaveLength(30);
	});
});

describe("a list with mistakes", () => {
	test("names each of them by row and column, and changes nothing", async () => {
		const list = [
			"No.,Name,Department,Card,Joined,Last day,Shift",
			"2001,One,,,2026-02-30,,",
			"2002,,,,,,",
			"2003,Three,,,,,Siesta",
			"2003,Again,,,,,",
			"2004,Four,a//b,,,,",
			"2005,Five,,04A1B2C3D4,,,",
			"2006,Six,,X1X1,,,",
			"2007,Seven,,x1x1,,,",
			"2008,Eight,,,2026-02-01,2026-01-01,",
			"1.23E+17,Nine,,,,,",
			"20 10,Ten,,,,,",
			",Nobody,,,,,",
			`2011,${"x".repeat(65)},,,,,`,
		].join("\n");
		expect(await findings(list)).toEqual([
			[2, "joinedOn", "people.date_wrong"],
			[3, "name", "people.name_missing"],
			[4, "shift", "import.shift_unknown"],
			[5, "number", "import.number_twice"],
			[6, "department", "departments.name_wrong"],
			[7, "card", "people.card_taken"],
			[9, "card", "import.card_twice"],
			[10, "leftOn", "people.left_before_joined"],
			[11, "number", "import.rounded"],
			[12, "number", "people.number_characters"],
			[13, "number", "people.number_missing"],
			[14, "name", "people.name_long"],
		]);
		expect(await carryOut(list)).toMatchObject({ kind: "failed", error: { code: "import.has_findings" } });
		expect(allEmployees(world.store)).toHaveLength(30);
	});

	test.each([
		["no header", "a,b\n1,2", "import.no_header"],
		["a column twice", "No.,Name,Name\n1,2,3", "import.column_twice"],
		["only a header", "No.,Name\n", "import.no_rows"],
		["another archive", zipSync({ a: strToU8("b") }), "import.not_a_workbook"],
	])("%s: refused as a whole", async (_, file, code) =>
		expect(await settled(start(file))).toMatchObject({ kind: "failed", error: { code } }),
	);

	test("a person changed since the check stops all of it", async () => {
		const { job } = await plan("No.,Name\n2001,One\n1001,Changed\n");
		world.clock.pass(1000);
		const self = byNumber("1001")!;
		must(await world.employees.change(self.id, { ...self, name: "Meanwhile" }, world.by));
		expect(await confirmed(job)).toMatchObject({ kind: "failed", error: { code: "import.stale" } });
		expect(byNumber("2001")).toBeNull();
		expect(byNumber("1001")?.name).toBe("Meanwhile");
	});

	test("nobody sees another's file, and it is gone after half an hour", async () => {
		const { job } = await plan("No.,Name\n2001,One\n");
		expect(imports.find(job.id, { ...world.by, actor: { kind: "account", id: "other" } })).toBeUndefined();
		world.clock.pass(31 * 60_000);
		expect(await imports.confirm(job.id, world.by)).toMatchObject({ error: { code: "import.gone" } });
	});
});

const leaves = (type: string): number =>
	(
		world.store.sqlite.query("SELECT count(*) AS n FROM ledger_leaf WHERE type = ?").get(type) as {
			n: number;
		}
	).n;
const countPieces = () => world.store.sqlite.query("SELECT * FROM import_piece").all().length;
const created = () => listAudit(world.store, { action: "people.create", limit: 10_000 }).length;
const manyLines = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => `P${from + i},Person ${from + i},Plant/Line,C0FFEE${from + i}`);
const listOf = (rows: readonly string[]) => `No.,Name,Department,Card\n${rows.join("\n")}`;
const self = () => byNumber("1001")!;

/** Confirms a list of 1,000 and stops the box after the first pieces, as a power cut would. */
async function cutShort(): Promise<ImportJob> {
	const { job } = await plan(listOf(manyLines(0, 1_000)));
	must(await imports.confirm(job.id, world.by));
	while (!byNumber("P199")) await new Promise((resume) => setImmediate(resume));
	await imports.stop();
	return job;
}

describe("an import cut short", () => {
	test("is told, keeps the staff as it is, and is finished by the next start", async () => {
		const before = created();
		const job = await cutShort();
		expect(byNumber("P999")).toBeNull();
		imports = makePeopleImport({ ...world, names: NAMES, onError });
		expect(imports.running()).toMatchObject({ total: 1_000 });
		expect(imports.find(job.id, world.by)!.state).toMatchObject({ kind: "applying", total: 1_000 });
		imports.resume();
		await imports.settled();
		expect(imports.find(job.id, world.by)!.state).toEqual({
			kind: "done",
			result: { created: 1_000, changed: 0, same: 0 },
		});
		expect([allEmployees(world.store).length, created() - before, leaves("import")]).toEqual([
			1_030, 1_000, 1,
		]);
		expect(employeeByCard(world.store, cardLookup(world.vault, "c0ffee999")!)?.number).toBe("P999");
		expect([imports.running(), countPieces()]).toEqual([undefined, 0]);
		imports.resume();
		await imports.settled();
		expect(allEmployees(world.store)).toHaveLength(1_030);
	});

	test("lets nobody change the staff until it is finished", async () => {
		await cutShort();
		const { employees, cards, departments, shifts, by } = world;
		const maySee = () => true;
		const acts = [
			employees.change(self().id, { ...self(), name: "Meanwhile" }, by),
			employees.leave(self().id, "2026-03-02", by),
			employees.create({ ...self(), number: "P500" }, by),
			cards.add({ employeeId: self().id, text: "C0FFEE500", maySee }, by),
			departments.create({ name: "Plant", parentId: null, shiftId: null }, by),
			shifts.remove([...world.shop.shifts.values()][0]!, by),
		];
		for (const act of acts)
			expect(await act).toMatchObject({ ok: false, error: { code: "people.import_running" } });
		imports = makePeopleImport({ ...world, names: NAMES, onError });
		const second = await plan("No.,Name\n3001,Other\n");
		expect(await confirmed(second.job)).toMatchObject({ error: { code: "people.import_running" } });
		imports.resume();
		await imports.settled();
		expect((await employees.change(self().id, { ...self(), name: "Later" }, by)).ok).toBe(true);
	});

	test("before its first row has written nothing and is called off", async () => {
		const id = "0190a000-0000-7000-8000-000000000001";
		const bare = { done: 0, total: 0, report: [], createdMs: 0, endedMs: null };
		await world.store.commit((tx) =>
			insertFileJob(tx, { id, kind: IMPORT_KIND, madeBy: "boss", state: "running", ...bare }),
		);
		imports.resume();
		await imports.settled();
		expect(imports.find(id, world.by)!.state).toMatchObject({ error: { code: "import.accident" } });
		expect((await world.employees.change(self().id, { ...self(), name: "Free" }, world.by)).ok).toBe(true);
	});
});

test("punches get in between the pieces of an import", async () => {
	const { job } = await plan(listOf(manyLines(0, 1_000)));
	const order: string[] = [];
	must(await imports.confirm(job.id, world.by));
	void imports.settled().then(() => order.push("import"));
	for (let i = 0; i < 5; i++) {
		await world.store.commit(() => undefined);
		order.push("punch");
	}
	await imports.settled();
	expect(order.slice(0, 5)).toEqual(["punch", "punch", "punch", "punch", "punch"]);
});

test("ten thousand people come in as one leaf", async () => {
	const rows = Array.from(
		{ length: 10_000 },
		(_, i) => `P${i},Person ${i},Plant ${i % 7}/Line ${i % 50},C0FFEE${i}`,
	);
	const before = ledgerSize(world.store);
	expect(await carryOut(`No.,Name,Department,Card\n${rows.join("\n")}`)).toEqual({
		kind: "done",
		result: { created: 10_000, changed: 0, same: 0 },
	});
	expect(allEmployees(world.store)).toHaveLength(10_030);
	expect(ledgerSize(world.store)).toBe(before + 1);
}, 60_000);
