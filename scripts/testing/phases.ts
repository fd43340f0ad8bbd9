/** The phases of the whole test run and how each is counted. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./browser.ts";

export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export interface Phase {
	readonly name: string;
	/** Phases of one group are run together by `--only <group>`. */
	readonly group: "static" | "unit" | "faults" | "browser" | "binary";
	readonly run: (root: string) => Promise<Counts>;
}

const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

async function succeeds(
	root: string,
	args: readonly string[],
	env: Record<string, string> = {},
): Promise<boolean> {
	const child = Bun.spawn([process.execPath, ...args], {
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, ...env },
	});
	return (await child.exited) === 0;
}

/** A command that is one test: it succeeds or it does not. */
const single =
	(...args: readonly string[]) =>
	async (root: string): Promise<Counts> =>
		(await succeeds(root, args)) ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };

/** Totals of a JUnit report: tests, failures and skips of its outermost element. */
export function countsOf(report: string): Counts | undefined {
	const head = /<testsuites\b[^>]*>/.exec(report)?.[0];
	if (!head) return undefined;
	const total = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
	const [failed, skipped] = [total("failures") + total("errors"), total("skipped")];
	return { passed: total("tests") - failed - skipped, failed, skipped };
}

/** Test files below the root; the patterns after the first are left out. */
function testFiles(root: string, glob: string, without: RegExp): string[] {
	const paths = [...new Bun.Glob(glob).scanSync({ cwd: root })].map((path) => path.replaceAll("\\", "/"));
	return paths.filter((path) => !without.test(path)).sort();
}

/** Runs test files with Bun's runner. A run that dies before its report counts as one failure at least. */
async function runTests(
	root: string,
	paths: readonly string[],
	options: { timeoutMs: number; env?: Record<string, string> },
): Promise<Counts> {
	if (!paths.length) return NOTHING;
	const folder = await mkdtemp(join(tmpdir(), "dianmao-test-"));
	const report = join(folder, "report.xml");
	const flags = [
		"--only-failures",
		`--timeout=${options.timeoutMs}`,
		"--reporter=junit",
		`--reporter-outfile=${report}`,
	];
	const clean = await succeeds(root, ["test", ...flags, ...paths.map((path) => `./${path}`)], options.env);
	const counts = existsSync(report) ? countsOf(await Bun.file(report).text()) : undefined;
	await rm(folder, { recursive: true });
	if (!counts) return { ...NOTHING, failed: 1 };
	return { ...counts, failed: clean ? counts.failed : Math.max(1, counts.failed) };
}

const E2E = "test/e2e/**/*.test.ts";
/** The tests that drive a box process of their own, and so can drive the binary. */
const E2E_ON_BINARY = "test/e2e/journey.test.ts";

/** Browser tests drive the checkout, or the program named by `DIANMAO_PROGRAM`. */
async function runBrowserTests(root: string, glob: string, env: Record<string, string>): Promise<Counts> {
	const paths = testFiles(root, glob, /^$/);
	if (!paths.length) return NOTHING;
	const chromium = await findChromium();
	if (!chromium) return { ...NOTHING, skipped: paths.length };
	return runTests(root, paths, { timeoutMs: 180_000, env: { CHROMIUM: chromium, ...env } });
}

async function runBinaryTests(root: string): Promise<Counts> {
	if (!(await succeeds(root, ["scripts/build-binary.ts"]))) return { ...NOTHING, failed: 1 };
	return runBrowserTests(root, E2E_ON_BINARY, { DIANMAO_PROGRAM: join(root, "dist", "dianmao") });
}

export const PHASES: readonly Phase[] = [
	{ name: "assets", group: "static", run: single("scripts/build-assets.ts") },
	{
		name: "style",
		group: "static",
		run: single("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
	},
	{ name: "types", group: "static", run: single("node_modules/typescript/bin/tsc") },
	{ name: "dead code", group: "static", run: single("node_modules/knip/bin/knip.js", "--no-progress") },
	{
		name: "unit and scenario tests",
		group: "unit",
		run: (root) =>
			runTests(
				root,
				testFiles(
					root,
					"{server,db,drivers,kiosk,admin,scripts,test}/**/*.test.{ts,tsx}",
					/^test\/(e2e|fault)\//,
				),
				{ timeoutMs: 20_000 },
			),
	},
	{
		name: "faults",
		group: "faults",
		run: (root) => runTests(root, testFiles(root, "test/fault/**/*.test.ts", /^$/), { timeoutMs: 120_000 }),
	},
	{ name: "browser tests", group: "browser", run: (root) => runBrowserTests(root, E2E, {}) },
	{ name: "browser tests on the binary", group: "binary", run: runBinaryTests },
];
