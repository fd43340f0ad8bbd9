import { expect, test } from "bun:test";
import { makeTurnTaking } from "./turn-taking.ts";

const untilAborted = (signal: AbortSignal) =>
	new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped")));

test("an urgent call stops a background one and runs before those that wait", async () => {
	const turns = makeTurnTaking();
	const order: string[] = [];
	const first = turns.run(false, untilAborted).then((word) => order.push(`first ${word}`));
	const second = turns.run(false, async () => order.push("second"));
	const punch = turns.run(true, async () => order.push("punch"));
	await Promise.all([first, second, punch]);
	expect(order).toEqual(["first stopped", "punch", "second"]);
});

test("urgent calls never stop each other, and a failure frees the line", async () => {
	const turns = makeTurnTaking();
	let release = (): void => undefined;
	let aborted = false;
	const first = turns.run(true, (signal) => {
		signal.addEventListener("abort", () => {
			aborted = true;
		});
		return new Promise<void>((_, reject) => {
			release = () => reject(new Error("broken"));
		});
	});
	const second = turns.run(true, async () => "done");
	release();
	expect(first).rejects.toThrow("broken");
	expect(await second).toBe("done");
	expect(aborted).toBe(false);
});
