import { expect, test } from "bun:test";
import { shopWorld } from "../../test/shop-world.ts";
import { makePinCheck } from "./pin-check.ts";

test("guesses made at the same moment share the free tries; the right one among the rest learns nothing", async () => {
	const { store, clock, pins, shop, by } = await shopWorld();
	const [employeeId] = shop.people.values();
	const number = store.sqlite.query("SELECT number FROM employee WHERE id = ?").get(employeeId!) as {
		number: string;
	};
	await pins.set(employeeId!, "739184", by);
	const check = makePinCheck({ store, clock, pins });
	const guesses = ["111222", "111223", "111224", "111225", "111226", "111227", "111228", "739184"];
	const answers = await Promise.all(guesses.map((pin) => check("door", number.number, pin)));
	const kinds = answers.map(({ kind }) => kind);
	expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(5);
	expect(kinds.at(-1)).toBe("wait");
	clock.pass(31_000);
	expect((await check("door", number.number, "739184")).kind).toBe("right");
});
