/** Where the Worker's code is: a sibling file when run from source; in the binary an entry point whose path starts at `server/`. */

/** True inside the binary, where every module claims to be the one bundle at the root of the embedded files. */
const isBundled = (url: string): boolean => url.includes("$bunfs") || url.includes("~BUN");

/** The address to hand to `new Worker`. */
export const faceWorkerUrl = (moduleUrl: string = import.meta.url): string =>
	new URL(isBundled(moduleUrl) ? "./recogniser/face-worker.ts" : "./face-worker.ts", moduleUrl).href;
