/** The rules of the tree, checked on real syntax trees: layers, cycles, purity, SQL, sizes, names, language of code. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findCycles } from "./architecture/cycles.ts";
import { layerBreaks, writesPastServices } from "./architecture/layers.ts";
import * as rules from "./architecture/rules.ts";
import { parseSource, ROOT, readSources, type SourceFile } from "./architecture/source.ts";
import { heavyStarts } from "./architecture/start-graph.ts";

const files = await readSources();
const HAN = /\p{Script=Han}/u;

const breaksOf = (rule: (file: SourceFile) => string[]): string[] => files.flatMap(rule);

describe("the tree", () => {
	test("imports follow the table of layers", () => expect(breaksOf(layerBreaks)).toEqual([]));
	test("pages and routes write through services", () => expect(breaksOf(writesPastServices)).toEqual([]));
	test("no import cycles, types included", () => expect(findCycles(files)).toEqual([]));
	test("a start loads no heavy package", () => expect(heavyStarts(files)).toEqual([]));
	test("pure layers are pure", () => expect(breaksOf(rules.impurities)).toEqual([]));
	test("SQL lives in db/", () => expect(breaksOf(rules.strayQueries)).toEqual([]));
	test("the environment is read in server/config.ts", () =>
		expect(breaksOf(rules.strayEnvironment)).toEqual([]));
	test("files and functions keep to their sizes", () => expect(breaksOf(rules.oversizes)).toEqual([]));
	test("names say what is inside", () => expect(breaksOf(rules.badNames)).toEqual([]));
	test("modules say what they are for; no barrels", () => expect(breaksOf(rules.badShape)).toEqual([]));

	test("relative imports name an existing file with its ending", () => {
		const missing = files.flatMap((file) =>
			file.imports
				.filter((i) => i.relative && !existsSync(join(ROOT, i.target)))
				.map((i) => `${file.path} imports ${i.target}`),
		);
		expect(missing).toEqual([]);
	});

	test("texts for people are not in code", async () => {
		const glob = "{server,db,drivers,kiosk,admin,scripts,test,assets}/**/*.{ts,tsx,mjs,css,html}";
		const paths = [...new Bun.Glob(glob).scanSync({ cwd: ROOT })];
		const texts = await Promise.all(paths.map((path) => Bun.file(join(ROOT, path)).text()));
		expect(paths.filter((_, i) => HAN.test(texts[i]!))).toEqual([]);
	});
});

/** Each rule must see its own break, or a green test means nothing. */
describe("the rules", () => {
	const pure = "server/recognition/sample.ts";
	const rows: [string, (file: SourceFile) => string[], string, string][] = [
		["layer", layerBreaks, pure, 'import { a } from "../../db/store.ts";'],
		["layer, type", layerBreaks, pure, 'import type { A } from "../services/a.ts";'],
		["layer, import()", layerBreaks, "kiosk/a.ts", 'type A = import("../db/store.ts").Store;'],
		["layer, export from", layerBreaks, "server/vault/a.ts", 'export { a } from "../services/a.ts";'],
		["db takes types only", layerBreaks, "db/a.ts", 'import { a } from "../server/ledger/tree.ts";'],
		["package", layerBreaks, pure, 'import { readFileSync } from "node:fs";'],
		["driver inside", layerBreaks, "server/services/a.ts", 'import { a } from "../../drivers/zk/driver.ts";'],
		["write", writesPastServices, "admin/a/page.tsx", 'import { insertPerson } from "../../db/person.ts";'],
		["clock", rules.impurities, pure, "export const a = () => Date.now();"],
		["clock, new", rules.impurities, pure, "export const a = new Date();"],
		["chance", rules.impurities, pure, "export const a = Math.random();"],
		["process", rules.impurities, pure, "export const a = process.argv;"],
		["random import", rules.impurities, "server/ledger/a.ts", 'import { randomBytes } from "node:crypto";'],
		["SQL", rules.strayQueries, "server/services/a.ts", "const a = `SELECT * FROM person`;"],
		["driver of SQL", rules.strayQueries, "server/services/a.ts", 'import { Database } from "bun:sqlite";'],
		["environment", rules.strayEnvironment, "server/log.ts", "export const a = process.env.HOME;"],
		["file size", rules.oversizes, pure, "//\n".repeat(301)],
		["function size", rules.oversizes, pure, `function a() {${"\n".repeat(51)}}`],
		["vague name", rules.badNames, "server/web/utils.ts", ""],
		["closed list", rules.badNames, "server/base/money.ts", ""],
		["barrel", rules.badShape, pure, '/** A. */ export * from "./a.ts";'],
		["docstring", rules.badShape, pure, "export const a = 1;"],
	];
	for (const [name, rule, path, text] of rows)
		test(`see a break: ${name}`, () => expect(rule(parseSource(path, text)).length).toBe(1));

	test("see a cycle through a type", () => {
		const a = parseSource("db/a.ts", 'import type { B } from "./b.ts";');
		const b = parseSource("db/b.ts", 'import { a } from "./a.ts";');
		expect(findCycles([a, b])).toHaveLength(1);
	});

	test("see a heavy package behind two imports, and none behind import()", () => {
		const main = parseSource("server/main.ts", 'import "./a.ts"; await import("./b.ts");');
		const [a, b] = ["a", "b"].map((name) =>
			parseSource(`server/${name}.ts`, 'import { zipSync } from "fflate";'),
		);
		expect(heavyStarts([main, a!, b!])).toEqual(["server/a.ts imports fflate"]);
	});

	test("let what is allowed pass", () => {
		const text = 'import type { A } from "../server/ledger/tree.ts"; const o = { process: 1 }; o.process;';
		expect(layerBreaks(parseSource("db/a.ts", text))).toEqual([]);
		expect(rules.impurities(parseSource(pure, "const o = { fetch: 1 }; o.fetch; new Date(3);"))).toEqual([]);
	});
});
