import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { migrate } from "./migrate.ts";
import * as access from "./schema/access.ts";
import * as people from "./schema/people.ts";
import * as punch from "./schema/punch.ts";

const sqlite = new Database(":memory:");
migrate(sqlite, ":memory:");
const tables: SQLiteTable[] = [...Object.values(access), ...Object.values(people), ...Object.values(punch)];

test("drizzle knows every table of the migrations", () => {
	const rows = sqlite
		.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
		.all();
	const names = (rows as { name: string }[]).map((row) => row.name);
	expect(tables.map((table) => getTableConfig(table).name).sort()).toEqual(names.sort());
});

test.each(tables.map((table) => [getTableConfig(table).name, getTableConfig(table)] as const))(
	"drizzle and the migrations agree on %s",
	(name, config) => {
		const columns = sqlite.query(`PRAGMA table_info(${name})`).all() as Column[];
		const seen = config.columns.map(
			(c) => `${c.name} ${c.getSQLType().toUpperCase()} ${c.notNull || c.primary}`,
		);
		expect(seen.sort()).toEqual(
			columns.map((c) => `${c.name} ${c.type} ${c.notnull === 1 || c.pk > 0}`).sort(),
		);
	},
);

interface Column {
	name: string;
	type: string;
	notnull: number;
	pk: number;
}
