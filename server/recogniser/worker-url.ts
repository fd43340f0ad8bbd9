/** Where the Worker's code is: a sibling file when run from source, an embedded entry point in the binary. */

/** The path of the Worker below the project root, as the binary must be built with `--root <project>`. */
const WORKER_ENTRY = "server/recogniser/face-worker";

export const isCompiled = (): boolean =>
	import.meta.url.includes("$bunfs") || import.meta.url.includes("~BUN");

export const faceWorkerUrl = (): string =>
	isCompiled() ? `/$bunfs/root/${WORKER_ENTRY}.js` : new URL("./face-worker.ts", import.meta.url).href;
