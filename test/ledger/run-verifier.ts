/** Runs the shipped verifier as a stranger would: a separate process, files and standard input only. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const VERIFIER = join(import.meta.dir, "../../assets/verifier/verify.mjs");

/** Runtimes to try: this Bun, and Node where there is one. */
export const RUNTIMES = [process.execPath, Bun.which("node")].filter((path) => path !== null);

export interface Outcome {
	readonly code: string;
	readonly reason: string;
	readonly status: number;
}

/** Options by name; the values of `checkpoint` and `proof` are file contents, written to files for the run. */
export interface VerifierOptions {
	readonly vkey?: string;
	readonly origin?: string;
	readonly witness?: string;
	readonly checkpoint?: string;
	readonly proof?: string;
}

const TAKES_FILE: ReadonlySet<string> = new Set(["checkpoint", "proof"]);

/** Verifies `input`, from a file or by standard input. */
export function runVerifier(
	runtime: string,
	input: string,
	options: VerifierOptions,
	from: "file" | "stdin" = "file",
): Outcome {
	const folder = mkdtempSync(join(tmpdir(), "verify-"));
	try {
		const put = (name: string, text: string): string => {
			writeFileSync(join(folder, name), text);
			return join(folder, name);
		};
		const flags = Object.entries(options).flatMap(([name, value]) => [
			`--${name}`,
			TAKES_FILE.has(name) ? put(name, value) : value,
		]);
		const paths = from === "file" ? [put("input", input)] : [];
		const run = Bun.spawnSync([runtime, VERIFIER, ...flags, ...paths], {
			stdin: from === "stdin" ? Buffer.from(input) : "ignore",
		});
		const [code, reason] = [run.stdout.toString().trim(), run.stderr.toString().trim()];
		return { code, reason, status: run.exitCode };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
