/**
 * The explicit list of what the box serves to browsers and needs at run time besides code.
 * It names sources only: bundling, hashing and packing are done by the files beside it.
 */
import { basename, join } from "node:path";

/** `script` bundles to a classic script that leaks no name, `module` to an ES module, `style` minifies. */
export type AssetWork = "script" | "module" | "style" | "copy";

export interface AssetSource {
	/** The name the rest of the code asks for, as in `assetUrl("kiosk.js")`. */
	readonly name: string;
	/** Path from the root of the checkout. */
	readonly from: string;
	readonly work: AssetWork;
	/** Fetched by the door page, so the service worker keeps it for the time the box is away. */
	readonly kiosk?: boolean;
	/** Files of one folder share one hash, so a loader given only the folder finds its siblings by name. */
	readonly folder?: string;
	/** A fixed address outside `/assets/`, revalidated on each use. */
	readonly url?: string;
}

const FACE_API = "node_modules/@vladmandic/face-api";
const TFJS_WASM = "node_modules/@tensorflow/tfjs-backend-wasm/dist";

/** The nets of the built-in recogniser: detector, 68 landmarks, descriptor. */
const NETS = ["tiny_face_detector", "face_landmark_68", "face_recognition"];

const FIXED: readonly AssetSource[] = [
	{ name: "htmx.js", from: "node_modules/htmx.org/dist/htmx.min.js", work: "copy" },
	{ name: "hx-sse.js", from: "node_modules/htmx.org/dist/ext/hx-sse.min.js", work: "copy" },
	{ name: "pico.css", from: "node_modules/@picocss/pico/css/pico.min.css", work: "copy" },
	{ name: "face-api.js", from: `${FACE_API}/dist/face-api.esm.js`, work: "copy", kiosk: true },
	...NETS.flatMap((net) =>
		[`${net}_model-weights_manifest.json`, `${net}_model.bin`].map((file) =>
			inFolder("models", FACE_API, file),
		),
	),
	...["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"].map((file) => ({
		...inFolder("wasm", "", file),
		from: `${TFJS_WASM}/${file}`,
	})),
	{ name: "kiosk.js", from: "kiosk/main.tsx", work: "module", kiosk: true },
	{
		name: "service-worker.js",
		from: "kiosk/service-worker.ts",
		work: "script",
		url: "/service-worker.js",
	},
];

function inFolder(folder: string, root: string, file: string): AssetSource {
	return {
		name: `${folder}/${file}`,
		from: join(root, "model", file),
		work: "copy",
		kiosk: true,
		folder,
	};
}

const KIOSK_STYLES = new Set(["kiosk.css"]);

/** Whole folders: every small browser script of the admin site, style sheet, icon and recorded voice. */
const FOLDERS: readonly { glob: string; source: (path: string) => AssetSource }[] = [
	{
		glob: "admin/client/*.ts",
		source: (from) => ({ name: `admin/${basename(from, ".ts")}.js`, from, work: "script" }),
	},
	{
		glob: "assets/css/*.css",
		source: (from) => ({
			name: basename(from),
			from,
			work: "style",
			kiosk: KIOSK_STYLES.has(basename(from)),
		}),
	},
	{
		glob: "assets/icons/*",
		source: (from) => ({ name: `icons/${basename(from)}`, from, work: "copy", folder: "icons", kiosk: true }),
	},
	{
		glob: "assets/voice/**/*.{mp3,ogg,wav,m4a}",
		source: (from) => ({
			name: from.slice("assets/".length),
			from,
			work: "copy",
			folder: "voice",
			kiosk: true,
		}),
	},
	{
		glob: "assets/verifier/*.mjs",
		source: (from) => ({ name: `verifier/${basename(from)}`, from, work: "copy" }),
	},
];

const isTest = (path: string): boolean => /\.(test|bench)\.tsx?$|\.d\.ts$/.test(path);

/** Every asset whose source exists under `root`, in a stable order, and the names of those still missing. */
export async function listAssets(root: string): Promise<{ found: AssetSource[]; missing: string[] }> {
	const listed = [...FIXED];
	for (const { glob, source } of FOLDERS) {
		const paths = [...new Bun.Glob(glob).scanSync({ cwd: root })].map((path) => path.replaceAll("\\", "/"));
		listed.push(
			...paths
				.filter((path) => !isTest(path))
				.sort()
				.map(source),
		);
	}
	const there = await Promise.all(listed.map((asset) => Bun.file(join(root, asset.from)).exists()));
	return {
		found: listed.filter((_, i) => there[i]),
		missing: listed.filter((_, i) => !there[i]).map((asset) => asset.name),
	};
}
