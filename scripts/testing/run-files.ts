/** Runs script files one after another in processes of their own and says how each ended. */
import { join } from "node:path";

/**
 * Runs every file of `folder` below `root` that `wanted` accepts and whose path contains each of `filters`.
 * Arguments that begin with `-` go through to the files. Returns how many failed.
 */
export async function runFiles(
	root: string,
	folder: string,
	wanted: (path: string) => boolean,
	args: readonly string[],
): Promise<number> {
	const filters = args.filter((arg) => !arg.startsWith("-"));
	const flags = args.filter((arg) => arg.startsWith("-"));
	const all = [...new Bun.Glob(`${folder}/*.ts`).scanSync({ cwd: root })].sort();
	const paths = all.filter((path) => wanted(path) && filters.every((filter) => path.includes(filter)));
	if (!paths.length) console.log(`${folder}: nothing to run`);
	let failed = 0;
	for (const path of paths) {
		const startedMs = performance.now();
		console.log(`\n== ${path}`);
		const child = Bun.spawn([process.execPath, join(root, path), ...flags], {
			cwd: root,
			stdio: ["ignore", "inherit", "inherit"],
		});
		const code = await child.exited;
		if (code !== 0) failed++;
		const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
		console.log(`== ${path}: ${code === 0 ? "ok" : `failed (${code})`} after ${seconds} s`);
	}
	console.log(`\n${paths.length - failed} passed, ${failed} failed`);
	return failed;
}
