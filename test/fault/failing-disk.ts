/** Compiles the shim that makes a disk fail (`failing-disk.c`), when there is a C compiler and glibc to preload it. */
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SOURCE = join(import.meta.dir, "failing-disk.c");

/** The path of the shim, or the reason there is none. */
export function buildFailingDisk(): { readonly path: string } | { readonly missing: string } {
	if (process.platform !== "linux") return { missing: "preloading a shim is a thing of Linux" };
	const compiler = Bun.which("cc") ?? Bun.which("gcc");
	if (!compiler) return { missing: "no C compiler" };
	const path = join(mkdtempSync(join(tmpdir(), "dianmao-shim-")), "failing-disk.so");
	const built = Bun.spawnSync([compiler, "-shared", "-fPIC", "-O1", "-o", path, SOURCE, "-ldl"]);
	return built.exitCode === 0 && existsSync(path) ? { path } : { missing: built.stderr.toString() };
}

export type DiskFault =
	| { readonly call: "pwrite" | "fsync"; readonly at: number; readonly errno: number }
	| { readonly call: "lie" };

/** Environment of a process whose disk fails so. */
export const withFault = (shim: string, fault: DiskFault): Record<string, string> => ({
	LD_PRELOAD: shim,
	FAIL_CALL: fault.call,
	...(fault.call === "lie" ? {} : { FAIL_AT: String(fault.at), FAIL_ERRNO: String(fault.errno) }),
});
