/** Doubt has one meaning: every order of notes gives the same standing in SQL, in the pure rule and in the day record. */
import { beforeAll, expect, test } from "bun:test";
import { type PunchStanding, type StandingNote, standingOf } from "../server/attendance/punch-standing.ts";
import { COUNTS, DOUBTED, EVER_DOUBTED, OPEN_DOUBT, VERDICT } from "./punch-standing.ts";
import { openStore, type Store } from "./store.ts";

const KINDS: readonly StandingNote[] = [
	"not_me",
	"mismatch",
	"verified",
	"unverifiable",
	"confirmed",
	"voided",
];

/** Every order of up to four notes. */
const orders = (length: number): StandingNote[][] =>
	length === 0 ? [[]] : orders(length - 1).flatMap((head) => [head, ...KINDS.map((kind) => [...head, kind])]);
const unique = [...new Map(orders(4).map((notes) => [notes.join(), notes])).values()];

const BEGINNINGS = [
	{ doubts: "[]", clock: "ok" },
	{ doubts: '["other_face"]', clock: "ok" },
	{ doubts: "[]", clock: "unsync" },
	{ doubts: "[]", clock: "jumped" },
] as const;

let store: Store;
beforeAll(async () => {
	store = openStore({ path: ":memory:" });
	store.sqlite.run("PRAGMA foreign_keys = OFF");
	const all = unique.flatMap((notes) => BEGINNINGS.map((start) => ({ notes, ...start })));
	await store.commit(({ sqlite }) => {
		const punch = sqlite.query(
			`INSERT INTO punch (seq, id, employee_id, at_ms, received_ms, zone, work_date, method, source, direction, clock,
			 doubts, match) VALUES (?, ?, 'e', 0, 0, 'UTC', '2026-11-02', 'card', 'live', 'in', ?, ?, '{}')`,
		);
		const note = sqlite.query("INSERT INTO punch_note VALUES (?, ?, ?, '', 'box', 0, ?)");
		for (const [i, { notes, clock, doubts }] of all.entries()) {
			const id = idOf(notes, clock, doubts);
			punch.run(i * 10, id, clock, doubts);
			for (const [at, kind] of notes.entries()) note.run(`${id}#${at}`, id, kind, i * 10 + at + 1);
		}
	});
});

const idOf = (notes: readonly string[], clock: string, doubts: string) =>
	`${clock}|${doubts}|${notes.join()}`;

type Row = {
	id: string;
	counts: number;
	verdict: string | null;
	doubted: number;
	open: number;
	ever: number;
};

test("every order of notes stands the same in SQL as in the rule", () => {
	const rows = store.sqlite
		.query(
			`SELECT id, ${COUNTS} AS counts, ${VERDICT} AS verdict, ${DOUBTED} AS doubted, ${OPEN_DOUBT} AS open,
			 p.seq IN ${EVER_DOUBTED} AS ever FROM punch p`,
		)
		.all() as Row[];
	const stored = new Map(rows.map(({ id, ...row }) => [id, row]));
	expect(stored.size).toBe(unique.length * BEGINNINGS.length);
	for (const notes of unique)
		for (const { clock, doubts } of BEGINNINGS) {
			const id = idOf(notes, clock, doubts);
			const rule = standingOf({ doubted: clock !== "ok" || doubts !== "[]", notes });
			expect([id, stored.get(id)]).toEqual([id, asStored(rule)]);
		}
});

const asStored = ({ counts, verdict, isDoubted, isOpen }: PunchStanding): Omit<Row, "id"> => ({
	...{ counts: Number(counts), verdict, doubted: Number(isDoubted) },
	...{ open: Number(isOpen), ever: Number(isDoubted) },
});

test.each([
	[["not_me"], { counts: false, verdict: null, isOpen: true }],
	[["not_me", "confirmed"], { counts: true, verdict: "confirmed", isOpen: false }],
	[["confirmed", "not_me"], { counts: false, verdict: null, isOpen: true }],
	[["confirmed", "mismatch"], { counts: true, verdict: null, isOpen: true }],
	[["mismatch", "voided"], { counts: false, verdict: "voided", isOpen: false }],
	[["voided", "mismatch"], { counts: false, verdict: "voided", isOpen: false }],
	[["voided", "confirmed", "verified"], { counts: true, verdict: "confirmed", isOpen: false }],
] as const)("after %p", (notes, standing) =>
	expect(standingOf({ doubted: false, notes })).toMatchObject(standing),
);
