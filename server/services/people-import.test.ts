import { beforeEach, describe, expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { listAudit } from "../../db/audit.ts";
import { departmentTree } from "../../db/department.ts";
import { allEmployees, employeeByCard, employeeByNumber } from "../../db/employee.ts";
import { ledgerSize } from "../../db/ledger.ts";
import { shopWorld, type World } from "../../test/shop-world.ts";
import { utf8 } from "../base/bytes.ts";
import { must } from "../base/result.ts";
import { person } from "../demo/shop.ts";
import { writeXlsx } from "../exports/xlsx.ts";
import { cardLookup } from "./cards.ts";
import { type ImportJob, makePeopleImport, type PeopleImport } from "./people-import.ts";

const NAMES = {
	number: ["No.", "Employee number"],
	name: ["Name"],
	department: ["Department"],
	card: ["Card"],
	joinedOn: ["Joined"],
	leftOn: ["Last day"],
	shift: ["Shift"],
};

let world: World;
let imports: PeopleImport;
beforeEach(async () => {
	world = await shopWorld();
	imports = makePeopleImport({ ...world, names: NAMES });
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
	return must(await imports.confirm(job.id, world.by)).state;
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
		expect(must(await imports.confirm(job.id, world.by)).state).toEqual({
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
		const { state } = must(await imports.confirm(job.id, world.by));
		expect(state).toMatchObject({ kind: "failed", error: { code: "import.stale" } });
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
});
