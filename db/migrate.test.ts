import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, NewerSchemaError, userVersion } from "./migrate.ts";

const FIRST = "CREATE TABLE thing (name TEXT) STRICT; INSERT INTO thing VALUES ('kept')";
const SECOND = "ALTER TABLE thing ADD COLUMN size INTEGER";
const BROKEN = "UPDATE thing SET name = 'lost'; DROP TABLE nothing";

let folder: string;
let path: string;
let sqlite: Database;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "dianmao-migrate-"));
	path = join(folder, "box.db");
	sqlite = new Database(path, { create: true });
	migrate(sqlite, path, [FIRST]);
});
afterEach(() => {
	sqlite.close();
	rmSync(folder, { recursive: true });
});

const nameIn = (file: string) => {
	const copy = new Database(file, { readonly: true });
	const row = copy.query("SELECT * FROM thing").get();
	copy.close();
	return row;
};

test("an existing file is copied before it is changed; a new one is not", () => {
	expect(existsSync(`${path}.before-v1`)).toBe(false);
	migrate(sqlite, path, [FIRST, SECOND]);
	expect(userVersion(sqlite)).toBe(2);
	expect(nameIn(`${path}.before-v2`)).toEqual({ name: "kept" });
});

test("a start that was cut off while copying, or before the step, does not stop the next one", () => {
	writeFileSync(`${path}.before-v2.new`, "half a copy");
	writeFileSync(`${path}.before-v2`, "an old copy");
	migrate(sqlite, path, [FIRST, SECOND]);
	expect(nameIn(`${path}.before-v2`)).toEqual({ name: "kept" });
});

test("a step that fails leaves the file as it was", () => {
	expect(() => migrate(sqlite, path, [FIRST, BROKEN])).toThrow();
	expect(userVersion(sqlite)).toBe(1);
	expect(nameIn(path)).toEqual({ name: "kept" });
});

test("a file of a newer program is refused", () => {
	expect(() => migrate(sqlite, path, [])).toThrow(NewerSchemaError);
});
