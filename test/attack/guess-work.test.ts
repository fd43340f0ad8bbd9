/**
 * Attack row A7, by the clock: what a refused try costs the box says nothing about what was wrong with it. Counted, not timed: the same
 * slow hashes on every path. `test/bench/guess-timing.bench.ts` measures the times themselves.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { watchHashing } from "../support/hash-work.ts";
import { openOffice, PASSWORD } from "../support/office.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

describe("the sign-in", () => {
	const office = openOffice();
	let addresses = 0;
	afterAll(() => office.store.close());

	/** Tries once from an address of its own; returns status and work. */
	async function cost(login: string, password: string, workOf: () => string[], address?: string) {
		const visitor = office.browser(address ?? `10.7.0.${++addresses}`);
		const { status } = await visitor.post("/login", { login, password });
		return { status, work: workOf() };
	}

	test("does the same work for an unknown login, a wrong password, a disabled and an invited account, from the first try on", async () => {
		const first = openOffice();
		await first.addAccount("owner", "mei");
		const workOfFirst = watchHashing(first.hashing);
		await first.browser("10.7.9.1").post("/login", { login: "mei", password: "wrong" });
		const known = workOfFirst();
		first.store.close();
		await office.addAccount("owner", "mei");
		await office.accounts.disable(await office.addAccount("hr", "gone"), BOX);
		await office.addAccount("auditor", "invited");
		office.store.sqlite.query("UPDATE account SET password_hash = NULL WHERE login = 'invited'").run();
		const workOf = watchHashing(office.hashing);
		expect((await cost("nobody", PASSWORD, workOf)).work.map(kindOf)).toEqual(known.map(kindOf));
		for (const login of ["nobody", "mei", "gone", "invited"]) {
			const { status, work } = await cost(login, "wrong wrong wrong", workOf);
			expect([login, status, work.length]).toEqual([login, 422, 1]);
			expect(work[0]).toStartWith("verify argon2id");
		}
	}, 60_000);

	test("a wait is none the dearer for a login that exists", async () => {
		const workOf = watchHashing(office.hashing);
		for (const [login, address] of [
			["mei", "10.7.8.1"],
			["nobody", "10.7.8.2"],
		] as const) {
			for (let tries = 0; tries < 5; tries++) await cost(login, "wrong", workOf, address);
			expect(await cost(login, "wrong", workOf, address)).toEqual({ status: 429, work: [] });
			expect(await cost(login, PASSWORD, workOf, address)).toEqual({ status: 429, work: [] });
		}
	}, 60_000);
});

/** Without the cost, which tests keep lower than the product does. */
const kindOf = (work: string): string => work.split(" ")[0]!;

describe("the door", () => {
	const [withPin, withoutPin] = [person("lin-wanqing"), person("zhao-tieshan")];
	let box: TestBox;
	let kiosk: TestKiosk;
	let workOf: () => string[];
	beforeAll(async () => {
		box = await makeTestBox();
		const shop = await box.staff();
		must(await box.services.pins.set(shop.people.get(withPin.key)!, "739184", BOX));
		kiosk = await box.kiosk();
		workOf = watchHashing(box.services.hashing);
	});
	afterAll(() => box.close());

	async function cost(method: Parameters<TestKiosk["punch"]>[0]) {
		box.clock.pass(1_000);
		const reply = await kiosk.punch(method);
		return { code: "code" in reply ? reply.code : reply.outcome, work: workOf() };
	}
	const pin = (number: string) => cost({ kind: "pin", number, pin: "111222" });

	test("does the same work for an unknown number, a wrong PIN and a person without one, from the first try on", async () => {
		const first = await pin(withPin.number);
		expect(first.work).toHaveLength(2);
		for (const number of ["99999", withPin.number, withoutPin.number]) {
			const { code, work } = await pin(number);
			expect([number, code, work]).toEqual([number, "kiosk.refused.wrong_pin", [first.work.at(-1)!]]);
		}
		expect(first.work.at(-1)).toStartWith("verify argon2id");
	});

	test("a wait is none the dearer for a number that exists", async () => {
		for (const number of [withPin.number, "88888"]) {
			for (let tries = 0; tries < 5; tries++) await pin(number);
			expect(await pin(number)).toEqual({ code: "kiosk.refused.too_many_tries", work: [] });
		}
	});

	test("a card costs no slow hash, whether somebody has it or not", async () => {
		expect(await cost({ kind: "card", card: "0000000001" })).toEqual({
			code: "kiosk.refused.unknown_card",
			work: [],
		});
		expect((await cost({ kind: "card", card: withPin.card! })).work).toEqual([]);
	});
});
