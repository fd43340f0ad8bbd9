/** Turns one asset source into bytes: bundled, minified or copied. Writes nothing. */
import { join } from "node:path";
import type { BunPlugin } from "bun";
import type { AssetSource } from "./catalogue.ts";

/** Values the browser code gets at build time; declared for TypeScript in `constants.d.ts`. */
export interface BuildConstants {
	/** Address of every copied asset by name, and of every folder. */
	readonly ASSET_URLS: Readonly<Record<string, string>>;
	/** Addresses the service worker keeps. */
	readonly KIOSK_ASSETS: readonly string[];
	/** Changes whenever one of them does. */
	readonly KIOSK_VERSION: string;
}

/** The module browser code imports, and the asset that carries it: too big to be bundled twice. */
const SEPARATE_MODULES = new Map([["@vladmandic/face-api/dist/face-api.esm.js", "face-api.js"]]);

function separateModules(urls: Readonly<Record<string, string>>): BunPlugin {
	return {
		name: "separate modules",
		setup(build) {
			build.onResolve({ filter: /^@vladmandic\/face-api/ }, ({ path }) => {
				const asset = SEPARATE_MODULES.get(path);
				if (!asset) throw new Error(`browser code must import face-api by its file, not ${path}`);
				return { path: urls[asset]!, external: true };
			});
		},
	};
}

/** Bundles one browser entry to a single minified file. */
async function bundle(
	root: string,
	{ from, work }: AssetSource,
	constants: BuildConstants,
): Promise<Uint8Array> {
	const define = Object.fromEntries(
		Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
	);
	const built = await Bun.build({
		entrypoints: [join(root, from)],
		target: "browser",
		format: work === "module" ? "esm" : "iife",
		minify: true,
		define: { ...define, "process.env.NODE_ENV": '"production"' },
		plugins: [separateModules(constants.ASSET_URLS)],
	});
	return new Uint8Array(await built.outputs[0]!.arrayBuffer());
}

async function minifyStyle(root: string, from: string): Promise<Uint8Array> {
	const built = await Bun.build({ entrypoints: [join(root, from)], minify: true, external: ["/assets/*"] });
	return new Uint8Array(await built.outputs[0]!.arrayBuffer());
}

/** The bytes to serve for `source`. Throws with the bundler's message when the source does not build. */
export function contentOf(root: string, source: AssetSource, constants: BuildConstants): Promise<Uint8Array> {
	if (source.work === "script" || source.work === "module") return bundle(root, source, constants);
	if (source.work === "style") return minifyStyle(root, source.from);
	return Bun.file(join(root, source.from)).bytes();
}
