import { beforeEach, describe, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { cardsOf } from "../../db/card.ts";
import { employeeByCard, employeeById } from "../../db/employee.ts";
import { leavesFrom } from "../../db/ledger.ts";
import { assignedShift } from "../../db/shift.ts";
import { shopWorld, type World } from "../../test/shop-world.ts";
import { must, type Result } from "../base/result.ts";
import { person } from "../demo/shop.ts";
import { LEARN_WINDOW_MS, SAME_CARD_MS } from "./card-learning.ts";
import { cardLookup } from "./cards.ts";

let world: World;
beforeEach(async () => {
	world = await shopWorld();
});

const codeOf = (result: Result<unknown>) => (result.ok ? "fine" : result.error.code);
const idOf = (key: string) => world.shop.people.get(key)!;
const cardOf = (text: string) => employeeByCard(world.store, cardLookup(world.vault, text)!);

describe("employees", () => {
	const input = (more = {}) => ({
		number: "2001",
		name: "Wu Kong",
		departmentId: null,
		shiftId: null,
		joinedOn: "2025-01-01",
		...more,
	});
	const create = async (more = {}) => codeOf(await world.employees.create(input(more), world.by));

	test("hostile names are only text; unreadable ones are refused", async () => {
		const names = [
			'=HYPERLINK("http://x")',
			"+1",
			"@SUM(A1)",
			"<script>window.__xss=1</script>",
			"\uff1d1+1",
		];
		for (const [i, name] of names.entries()) {
			const made = must(await world.employees.create(input({ number: `x${i}`, name }), world.by));
			expect(employeeById(world.store, made.id)?.name).toBe(name);
		}
		const tabbed = must(await world.employees.create(input({ name: "\ta\r=1" }), world.by));
		expect(tabbed.name).toBe("a =1");
		expect(await create({ number: "n1", name: "a\u0000b" })).toBe("people.name_characters");
		expect(await create({ number: "n2", name: "abc\u202egpj" })).toBe("people.name_characters");
		expect(await create({ number: "n3", name: "x".repeat(65) })).toBe("people.name_long");
	});

	test("a number belongs to one person, also when typed full-width", async () => {
		expect(await create({ number: "\uff11\uff10\uff10\uff11" })).toBe("people.number_taken");
		expect(await create({ number: "10 01" })).toBe("people.number_characters");
		expect(await create({ joinedOn: "2025-02-30" })).toBe("people.date_wrong");
		expect(await create({ departmentId: "gone" })).toBe("people.department_gone");
		const changed = await world.employees.change(idOf("tang-guo"), input({ number: "1001" }), world.by);
		expect(changed).toMatchObject({
			error: { code: "people.number_taken", vars: { name: person("lin-wanqing").name } },
		});
	});

	test("leaving keeps everything; coming back later starts anew, at once takes it back", async () => {
		const id = idOf("su-xiaoman");
		expect(codeOf(await world.employees.leave(id, "2020-01-01", world.by))).toBe("people.left_before_joined");
		must(await world.employees.leave(id, "2026-01-31", world.by));
		expect(employeeById(world.store, id)).toMatchObject({ leftOn: "2026-01-31" });
		must(await world.employees.rejoin(id, "2026-01-15", world.by));
		expect(employeeById(world.store, id)).toMatchObject({ leftOn: null, joinedOn: "2021-05-21" });
		must(await world.employees.leave(id, "2026-01-31", world.by));
		must(await world.employees.rejoin(id, "2026-03-01", world.by));
		expect(employeeById(world.store, id)).toMatchObject({ leftOn: null, joinedOn: "2026-03-01" });
	});

	test("each act is sealed once and never holds a name", async () => {
		const id = idOf("su-xiaoman");
		const before = employeeById(world.store, id)!;
		must(await world.employees.change(id, { ...before, name: "Someone Else" }, world.by));
		must(await world.employees.change(id, { ...before, name: "Someone Else" }, world.by));
		const rows = listAudit(world.store, { objectId: id, action: "people.change", limit: 9 });
		expect(rows).toHaveLength(1);
		expect(rows[0]!.detail).toEqual({ name: "changed" });
		const bodies = leavesFrom(world.store, 0, 1000).map((leaf) => new TextDecoder().decode(leaf.body!));
		expect(bodies.some((body) => body.includes("Someone") || body.includes(before.name))).toBe(false);
	});
});

describe("departments and shifts", () => {
	const department = (key: string) => world.shop.departments.get(key)!;
	test("the tree keeps its shape", async () => {
		const { departments, by } = world;
		const move = (id: string, parentId: string | null, name = "Kitchen") =>
			departments.change(id, { name, parentId, shiftId: null }, by).then(codeOf);
		expect(await move(department("kitchen"), department("pastry"))).toBe("departments.parent_below");
		expect(await move(department("kitchen"), department("kitchen"))).toBe("departments.parent_below");
		expect(await move(department("pastry"), null, "Kitchen")).toBe("departments.name_taken");
		expect(await move(department("pastry"), null, "a/b")).toBe("departments.name_wrong");
		expect(codeOf(await departments.remove(department("kitchen"), by))).toBe("departments.not_empty");
		let parentId: string | null = null;
		const codes: string[] = [];
		for (let depth = 0; depth < 7; depth++) {
			const made = await departments.create({ name: `d${depth}`, parentId, shiftId: null }, by);
			codes.push(codeOf(made));
			if (made.ok) parentId = made.value.id;
		}
		expect(codes).toEqual([...Array(6).fill("fine"), "departments.too_deep"]);
		expect(await move(department("kitchen"), parentId)).toBe("departments.too_deep");
	});

	test("people take the shift of the nearest department", () => {
		expect(assignedShift(world.store, idOf("tang-guo"))?.name).toBe("Early");
		expect(assignedShift(world.store, idOf("ouyang-feng"))).toMatchObject({ startMin: 1320, endMin: 1800 });
		expect(assignedShift(world.store, idOf("chen-yi"))?.name).toBe("Early");
	});

	const sane = {
		name: "x",
		startMin: 540,
		endMin: 1080,
		graceInMin: 5,
		graceOutMin: 5,
		breakMin: 60,
		weekdays: 31,
	};
	test.each([
		[{}, "fine"],
		[{ startMin: 1320, endMin: 360 }, "fine"],
		[{ startMin: 480, endMin: 480 }, "fine"],
		[{ name: "Day" }, "shifts.name_taken"],
		[{ name: " " }, "shifts.name_wrong"],
		[{ endMin: 560 }, "shifts.too_short"],
		[{ breakMin: 530 }, "shifts.break_long"],
		[{ graceInMin: 241 }, "shifts.grace_long"],
		[{ endMin: 720, breakMin: 0, graceInMin: 90, graceOutMin: 90 }, "shifts.grace_swallows"],
		[{ weekdays: 0 }, "shifts.no_weekday"],
		[{ startMin: 1440, endMin: 1500 }, "shifts.time_wrong"],
		[{ graceInMin: 0.5 }, "shifts.time_wrong"],
		[{ breakMin: -1 }, "shifts.time_wrong"],
	])("%j: %s", async (more, code) =>
		expect(codeOf(await world.shifts.create({ ...sane, ...more }, world.by))).toBe(code),
	);

	test("a shift in use stays", async () => {
		const early = world.shop.shifts.get("early")!;
		expect(codeOf(await world.shifts.remove(early, world.by))).toBe("shifts.in_use");
	});
});

describe("cards", () => {
	const add = (key: string, text: string, maySee = true) =>
		world.cards.add({ employeeId: idOf(key), text, maySee: () => maySee }, world.by);

	test("one card, one person; the holder is named only to those who may see them", async () => {
		expect(cardOf(" 04a1b2c3d4 ")?.id).toBe(idOf("lin-wanqing"));
		const seen = await add("tang-guo", "04a1b2c3d4");
		expect(seen).toMatchObject({
			error: { code: "people.card_taken", vars: { name: person("lin-wanqing").name } },
		});
		const unseen = await add("tang-guo", "04A1B2C3D4", false);
		expect(unseen).toEqual({
			ok: false,
			error: expect.objectContaining({ code: "people.card_taken_elsewhere" }),
		});
		expect(JSON.stringify(unseen)).not.toContain(person("lin-wanqing").name);
	});

	test("the card of someone who has left goes to the next person", async () => {
		must(await world.employees.leave(idOf("lin-wanqing"), "2026-03-01", world.by));
		world.clock.set("2026-03-01T12:00:00+08:00");
		expect(codeOf(await add("tang-guo", "04A1B2C3D4"))).toBe("people.card_taken");
		world.clock.set("2026-03-02T00:00:01+08:00");
		expect(codeOf(await add("tang-guo", "04A1B2C3D4"))).toBe("fine");
		expect(cardOf("04A1B2C3D4")?.id).toBe(idOf("tang-guo"));
		expect(cardsOf(world.store, idOf("lin-wanqing")).every((card) => card.endedMs !== null)).toBe(true);
	});

	test.each([
		["SQL", "' OR 1=1--", "fine"],
		["a formula", "=cmd()", "fine"],
		["emoji", "\u{1f480}\u{1f480}", "fine"],
		["64 bytes", "x".repeat(64), "fine"],
		["65 bytes", "x".repeat(65), "people.card_wrong"],
		["10 kB", "x".repeat(10_240), "people.card_wrong"],
		["17 emoji of 4 bytes", "\u{1f480}".repeat(17), "people.card_wrong"],
		["NUL", "a\u0000b", "people.card_wrong"],
		["blanks", "  ", "people.card_wrong"],
	])("%s in a card is opaque", async (_, text, code) => {
		expect(codeOf(await add("tang-guo", text))).toBe(code);
		if (code === "fine") expect(cardOf(text)?.id).toBe(idOf("tang-guo"));
	});

	test("the text of a card is nowhere in the database", async () => {
		must(await add("tang-guo", "SECRETCARD99"));
		expect(Buffer.from(world.store.sqlite.serialize()).includes("SECRETCARD")).toBe(false);
	});
});

describe("tap to learn", () => {
	const open = (key: string, kioskId = "door") =>
		world.learning.open({ employeeId: idOf(key), kioskId, maySee: () => true }, world.by);

	test("the next unknown card is theirs; known cards, other doors and late taps pass by", async () => {
		must(open("tang-guo"));
		expect(await world.learning.offer("door", "04A1B2C3D4")).toBe("not_learning");
		expect(await world.learning.offer("back door", "NEWCARD1")).toBe("not_learning");
		expect(
			await Promise.all([world.learning.offer("door", "NEWCARD1"), world.learning.offer("door", "NEW2")]),
		).toEqual(["learned", "not_learning"]);
		expect(world.learning.status(idOf("tang-guo"))).toEqual({ state: "learned", tail: "ARD1" });
		expect(cardOf("newcard1")?.id).toBe(idOf("tang-guo"));
		expect(await world.learning.offer("door", "NEW3")).toBe("not_learning");
		must(open("tang-guo"));
		world.clock.pass(LEARN_WINDOW_MS);
		expect(await world.learning.offer("door", "NEW4")).toBe("not_learning");
		expect(world.learning.status(idOf("tang-guo"))).toEqual({ state: "expired" });
	});

	test("the learned card is spent for a few seconds at its door, also while it is being bound; then it punches", async () => {
		must(open("tang-guo"));
		const taps = [world.learning.offer("door", "NEWCARD1"), world.learning.offer("door", "newcard1 ")];
		expect(await Promise.all(taps)).toEqual(["learned", "learned"]);
		world.clock.pass(SAME_CARD_MS - 1);
		expect(await world.learning.offer("door", "NEWCARD1")).toBe("learned");
		expect(await world.learning.offer("door", "04A1B2C3D4")).toBe("not_learning");
		expect(await world.learning.offer("back door", "NEWCARD1")).toBe("not_learning");
		world.clock.pass(1);
		expect(await world.learning.offer("door", "NEWCARD1")).toBe("not_learning");
		expect(cardsOf(world.store, idOf("tang-guo"))).toHaveLength(2);
	});

	test("a card that could not be bound is not spent", async () => {
		must(open("tang-guo"));
		expect(await world.learning.offer("door", "04A1B2C3DF")).toBe("learned");
		expect(await world.learning.offer("door", "04A1B2C3DF")).toBe("not_learning");
	});

	test("one person per door; the person's own card is told", async () => {
		must(open("tang-guo"));
		expect(codeOf(open("ma-jinlong"))).toBe("people.learn_busy");
		expect(await world.learning.offer("door", "04A1B2C3DF")).toBe("learned");
		expect(world.learning.status(idOf("tang-guo"))).toMatchObject({ error: { code: "people.card_already" } });
	});
});

describe("PINs", () => {
	const check = (key: string | null, pin: string) => world.pins.verifyPin(key && idOf(key), pin).then(codeOf);

	test("only the right PIN of the right person passes", async () => {
		must(await world.pins.set(idOf("ye-zi"), "713985", world.by));
		must(await world.pins.set(idOf("bai-lu"), "806359", world.by));
		expect(await check("ye-zi", "713985")).toBe("fine");
		expect(await check("ye-zi", "806359")).toBe("people.pin_wrong");
		expect(await check("xiang-yang", "713985")).toBe("people.pin_wrong");
		expect(await check(null, "713985")).toBe("people.pin_wrong");
		const hashes = world.store.sqlite.query("SELECT hash FROM pin").all() as { hash: string }[];
		expect(hashes.every(({ hash }) => hash.startsWith("$argon2id$v=19$m=19456,t=2,"))).toBe(true);
	});

	test("a hash moved to another person's row does not let them in", async () => {
		must(await world.pins.set(idOf("ye-zi"), "713985", world.by));
		await world.store.commit((tx) =>
			tx.sqlite
				.query("UPDATE pin SET employee_id = ? WHERE employee_id = ?")
				.run(idOf("xiang-yang"), idOf("ye-zi")),
		);
		expect(await check("xiang-yang", "713985")).toBe("people.pin_wrong");
	});

	test("a drawn PIN works and is removed for good", async () => {
		const pin = must(await world.pins.draw(idOf("xiang-yang"), world.by));
		expect(pin).toMatch(/^\d{6}$/);
		expect(await check("xiang-yang", pin)).toBe("fine");
		must(await world.pins.remove(idOf("xiang-yang"), world.by));
		expect(await check("xiang-yang", pin)).toBe("people.pin_wrong");
		expect(codeOf(await world.pins.remove(idOf("xiang-yang"), world.by))).toBe("people.pin_none");
	});
});
