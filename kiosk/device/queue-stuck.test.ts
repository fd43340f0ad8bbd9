import { expect, test } from "bun:test";
import type { WaitingEntry } from "./queue-drain.ts";
import { handOverStuck, retryStuck, stuckGroups } from "./queue-stuck.ts";
import type { CallResult, SignedFetch } from "./signed-fetch.ts";

const entry = (id: string, madeMs: number, stuckCode?: string) => ({
	id,
	sealed: `sealed ${id}`,
	madeMs,
	stuckCode,
});
/** The browser's store as far as it matters: what lies under which key. */
function table(entries: readonly WaitingEntry[]) {
	const rows = new Map<number, unknown>(entries);
	return {
		rows,
		put: async (_: "queue", value: unknown, key?: unknown) => Number(rows.set(Number(key), value) && key),
		delete: async (_: "queue", key: unknown) => void rows.delete(Number(key)),
	};
}
const box = (answer: (id: string) => CallResult<unknown>): SignedFetch => ({
	call: async (_path, body) =>
		answer((body as { entries: [{ id: string }] }).entries[0].id) as CallResult<never>,
});
const STUCK: WaitingEntry[] = [
	[1, entry("a", 10, "x")],
	[2, entry("b", 20, "x")],
];

test("stuck entries are told by reason, waiting ones are not", () =>
	expect(stuckGroups([entry("a", 30, "x"), entry("b", 20), entry("c", 10, "x"), entry("d", 5, "y")])).toEqual(
		[
			{ code: "x", count: 2, oldestMs: 10 },
			{ code: "y", count: 1, oldestMs: 5 },
		],
	));

test("an entry goes only when the box named it as kept", async () => {
	const answers: Record<string, CallResult<unknown>> = {
		a: { kind: "answer", value: { kept: ["a"] } },
		b: { kind: "answer", value: { kept: [] } },
	};
	const store = table(STUCK);
	expect(
		await handOverStuck(
			store as never,
			box((id) => answers[id]!),
			STUCK,
		),
	).toBe(false);
	expect([...store.rows.keys()]).toEqual([2]);
	for (const kind of ["unknown", "unreachable", "yielded"] as const) {
		const kept = table(STUCK);
		expect(
			await handOverStuck(
				kept as never,
				box(() => ({ kind })),
				STUCK,
			),
		).toBe(false);
		expect(kept.rows.size).toBe(2);
	}
});

test("sent once more, they wait in their old place", async () => {
	const store = table(STUCK);
	await retryStuck(store as never, STUCK);
	expect([...store.rows]).toEqual([
		[1, { id: "a", sealed: "sealed a", madeMs: 10 }],
		[2, { id: "b", sealed: "sealed b", madeMs: 20 }],
	]);
});
