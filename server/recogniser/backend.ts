/** Chooses what computes: tfjs-node when it happens to be installed next to the program, else wasm SIMD on one thread. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { WASM_SIMD_FILE } from "./net-files.ts";

/** What this module needs of tfjs. */
export interface BackendLibrary {
	env(): { set(flag: string, value: unknown): void };
	setBackend(name: string): Promise<boolean>;
	getBackend(): string;
	ready(): Promise<void>;
	setWasmPaths(paths: Record<string, string>): void;
	enableProdMode(): void;
}

/** tfjs wants a path for each kernel it might choose; with SIMD and one thread it only ever opens the middle one. */
const KERNELS = [
	"tfjs-backend-wasm.wasm",
	"tfjs-backend-wasm-simd.wasm",
	"tfjs-backend-wasm-threaded-simd.wasm",
];

export type BackendName = "tensorflow" | "wasm";

/**
 * Sets the backend and returns its name.
 * Throws when neither works: tfjs's silent fallback to plain JavaScript is a hundred times slower and counts as broken.
 */
export async function chooseBackend(tf: BackendLibrary): Promise<BackendName> {
	tf.enableProdMode();
	if ((await startNative(tf)) === "tensorflow") return "tensorflow";
	tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
	tf.setWasmPaths(Object.fromEntries(KERNELS.map((name) => [name, WASM_SIMD_FILE])));
	await tf.setBackend("wasm");
	await tf.ready();
	if (tf.getBackend() !== "wasm") throw new Error(`tfjs fell back to "${tf.getBackend()}"`);
	return "wasm";
}

/** Importing by an existing path, never by name, so that no package manager goes looking for it. */
async function startNative(tf: BackendLibrary): Promise<BackendName | undefined> {
	const folder = nativeFolder(import.meta.dir);
	if (!folder) return undefined;
	try {
		await import(folder);
		await tf.setBackend("tensorflow");
		await tf.ready();
		return tf.getBackend() === "tensorflow" ? "tensorflow" : undefined;
	} catch {
		return undefined; // present but without its native library: as good as absent
	}
}

/** The nearest `node_modules/@tensorflow/tfjs-node` at or above a folder. */
export function nativeFolder(from: string): string | undefined {
	for (let at = from; ; at = dirname(at)) {
		const candidate = join(at, "node_modules", "@tensorflow", "tfjs-node");
		if (existsSync(join(candidate, "package.json"))) return candidate;
		if (dirname(at) === at) return undefined;
	}
}
