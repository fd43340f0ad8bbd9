import { beforeEach, expect, test } from "bun:test";
import { insertCard } from "./card.ts";
import { departmentsBelow, departmentTree, insertDepartment } from "./department.ts";
import { type Employee, employeeByCard, employeeByNumber, insertEmployee } from "./employee.ts";
import { type EmployeeFilter, listEmployees } from "./employee-list.ts";
import { writeSetting } from "./setting.ts";
import { assignedShift, insertShift } from "./shift.ts";
import { openStore, type Store, type Tx } from "./store.ts";

const MONDAY = "2026-03-02";
const SUNDAY = "2026-03-01";
let store: Store;
beforeEach(() => {
	store = openStore({ path: ":memory:" });
});

const write = (work: (tx: Tx) => void) => store.commit(work);
const person = (id: string, more: Partial<Employee> = {}): Employee => ({
	id,
	number: id,
	name: `Name ${id}`,
	departmentId: null,
	shiftId: null,
	joinedOn: "2025-01-01",
	leftOn: null,
	createdMs: 0,
	changedMs: 0,
	...more,
});
const department = (id: string, parentId: string | null, shiftId: string | null = null) => ({
	id,
	name: id.toUpperCase(),
	parentId,
	shiftId,
	createdMs: 0,
});
const shift = (id: string, startMin: number) => ({
	id,
	name: id,
	startMin,
	endMin: startMin + 480,
	graceInMin: 0,
	graceOutMin: 0,
	breakMin: 0,
	weekdays: 0b0011111,
	createdMs: 0,
	changedMs: 0,
});
const filter = (more: Partial<EmployeeFilter>): EmployeeFilter => ({
	today: MONDAY,
	page: 0,
	pageSize: 50,
	...more,
});
const idsOf = (more: Partial<EmployeeFilter>) => listEmployees(store, filter(more)).rows.map((row) => row.id);

test("a shift comes from the person, else the nearest department, else the site; rest days have none", async () => {
	await write((tx) => {
		for (const [id, start] of [
			["own", 1],
			["near", 2],
			["far", 3],
			["site", 4],
		] as const)
			insertShift(tx, shift(id, start));
		insertDepartment(tx, department("top", null, "far"));
		insertDepartment(tx, department("mid", "top", "near"));
		insertDepartment(tx, department("low", "mid"));
		insertDepartment(tx, department("other", null));
		insertEmployee(tx, person("1", { departmentId: "low", shiftId: "own" }));
		insertEmployee(tx, person("2", { departmentId: "low" }));
		insertEmployee(tx, person("3", { departmentId: "top" }));
		insertEmployee(tx, person("4", { departmentId: "other" }));
	});
	const names = () => ["1", "2", "3", "4"].map((id) => assignedShift(store, id)?.id ?? null);
	expect(names()).toEqual(["own", "near", "far", null]);
	await write((tx) => writeSetting(tx, "shift.default", "site", 0));
	expect(names()).toEqual(["own", "near", "far", "site"]);
});

test("an ended card finds nobody and its number may be given again", async () => {
	const lookup = new Uint8Array(32).fill(9);
	const card = (id: string, employeeId: string, endedMs: number | null) =>
		write((tx) => insertCard(tx, { id, employeeId, lookup, tail: "77", addedMs: 1, endedMs }));
	await write((tx) => insertEmployee(tx, person("1")));
	await write((tx) => insertEmployee(tx, person("2")));
	await card("c1", "1", 5);
	expect(employeeByCard(store, lookup)).toBeNull();
	await card("c2", "2", null);
	expect(employeeByCard(store, lookup)?.id).toBe("2");
	expect(card("c3", "1", null)).rejects.toThrow("UNIQUE");
});

test("the list is cut to a manager's departments, a status and a text with wildcards taken literally", async () => {
	await write((tx) => {
		insertDepartment(tx, department("a", null));
		insertDepartment(tx, department("b", "a"));
		insertDepartment(tx, department("c", null));
		insertEmployee(tx, person("9", { departmentId: "a" }));
		insertEmployee(tx, person("10", { departmentId: "b", name: "50%_off" }));
		insertEmployee(tx, person("11", { departmentId: "c", leftOn: SUNDAY }));
		insertEmployee(tx, person("12", { departmentId: "c", leftOn: MONDAY }));
		insertEmployee(tx, person("13", { joinedOn: "2026-03-03" }));
	});
	expect(idsOf({})).toEqual(["9", "10", "12"]);
	expect(idsOf({ status: "left" })).toEqual(["11"]);
	expect(idsOf({ status: "upcoming" })).toEqual(["13"]);
	expect(idsOf({ departmentIds: ["a"] })).toEqual(["9", "10"]);
	expect(idsOf({ departmentIds: [] })).toEqual([]);
	expect(idsOf({ departmentIds: ["b"], departmentId: "a" })).toEqual(["10"]);
	expect(idsOf({ text: "%_" })).toEqual(["10"]);
	expect(idsOf({ text: "' OR 1=1--" })).toEqual([]);
	expect(listEmployees(store, filter({ status: "all", page: 1, pageSize: 2 }))).toMatchObject({ total: 5 });
	expect(employeeByNumber(store, "9")?.id).toBe("9");
	expect(departmentTree(store, MONDAY).map((n) => [n.path, n.people, n.peopleBelow])).toEqual([
		["A", 1, 2],
		["A/B", 1, 1],
		["C", 1, 1],
	]);
	expect([...departmentsBelow(store, ["a", "c"])].sort()).toEqual(["a", "b", "c"]);
});
