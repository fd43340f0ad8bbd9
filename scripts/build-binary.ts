/**
 * Builds `dist/dianmao`: one file with the runtime, the code, the workers and every asset, which runs from an empty folder.
 * Inside it every module sits at the root, which stands for `server/`: a worker's address starts there
 * (see `server/recogniser/worker-url.ts`).
 */
import { join } from "node:path";

const ROOT = join(import.meta.dir, "..");

const PROGRAM = "server/main.ts";

/** A worker must be an entry point of its own to exist inside the binary; its file name says that it is one. */
const WORKERS = "server/**/*-worker.ts";

const outfile = join(ROOT, "dist", process.platform === "win32" ? "dianmao.exe" : "dianmao");

function entries(): string[] {
	const workers = [...new Bun.Glob(WORKERS).scanSync({ cwd: ROOT })].sort();
	return [PROGRAM, ...workers].map((entry) => join(ROOT, entry));
}

/** Bytecode needs the ESM format here, since CommonJS has no top-level await. */
const build = () =>
	Bun.build({
		entrypoints: entries(),
		compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
		target: "bun",
		format: "esm",
		bytecode: true,
		minify: true,
		define: { "process.env.NODE_ENV": '"production"' },
	});

const startedMs = performance.now();
const built = await build();
for (const log of built.logs) console.error(log);
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
console.error(
	`dianmao: dist/dianmao, ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB, built in ${seconds} s`,
);
