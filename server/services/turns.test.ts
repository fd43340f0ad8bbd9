import { expect, test } from "bun:test";
import { makeTurns } from "./turns.ts";

test("work of one key runs one after the other, of two keys side by side, and a failure stops nobody", async () => {
	const turns = makeTurns();
	const log: string[] = [];
	const gate = Promise.withResolvers<void>();
	const first = turns("a", async () => {
		log.push("a1 begins");
		await gate.promise;
		log.push("a1 ends");
		throw new Error("broken");
	});
	const second = turns("a", async () => log.push("a2"));
	await turns("b", async () => log.push("b"));
	gate.resolve();
	expect(first).rejects.toThrow("broken");
	await second;
	expect(log).toEqual(["a1 begins", "b", "a1 ends", "a2"]);
});
