/** Questions asked while people punch must not go through every template or photo there is, let alone once per photo. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { leaversWithBiometrics } from "./erasure.ts";
import { migrate } from "./migrate.ts";
import type { Db } from "./store.ts";
import {
	lacksTemplate,
	peopleWithoutTemplate,
	photosWithoutTemplate,
	templatesInForce,
	templatesOfEnrolment,
} from "./template.ts";

const sqlite = new Database(":memory:", { strict: true });
migrate(sqlite, ":memory:");

/** How SQLite would go about what `ask` asks. */
function stepsOf(ask: (db: Db) => unknown): string[] {
	const asked: string[] = [];
	const query = (sql: string) => {
		asked.push(sql);
		return sqlite.query(sql);
	};
	ask({ sqlite: { query } } as unknown as Db);
	return asked.flatMap((sql) =>
		(sqlite.query(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail),
	);
}

test.each([
	["photos without a template", (db) => photosWithoutTemplate(db, "tag"), ["t"]],
	["one photo", (db) => lacksTemplate(db, "photo", "tag"), ["t", "p"]],
	["people without a template", (db) => peopleWithoutTemplate(db, "tag"), ["t"]],
	["templates of one person", (db) => templatesInForce(db, "tag", "person"), ["t", "e"]],
	["templates of one enrolment", (db) => templatesOfEnrolment(db, "enrolment"), ["template"]],
	["leavers", (db) => leaversWithBiometrics(db, "2026-11-02"), ["t", "p", "q"]],
] satisfies [string, (db: Db) => unknown, string[]][])("%s: found, not searched for", (_, ask, tables) => {
	const steps = stepsOf(ask);
	expect(steps.length).toBeGreaterThan(0);
	for (const table of tables) expect(steps.filter((step) => step.startsWith(`SCAN ${table}`))).toEqual([]);
});
