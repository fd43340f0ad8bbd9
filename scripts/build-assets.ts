/**
 * Builds everything the box serves to browsers into `build/`, and `build/assets.gen.ts`, which source and binary import.
 * Does nothing when no input changed since the last run.
 */
import { basename, join } from "node:path";
import { type AssetSource, listAssets } from "./assets/catalogue.ts";
import { type BuildConstants, contentOf } from "./assets/content.ts";
import { type BuiltAsset, hashedName, writeBuild } from "./assets/generate.ts";
import { contentHash } from "./assets/packing.ts";

const ROOT = join(import.meta.dir, "..");
const STAMP = join(ROOT, "build", "assets.stamp");
const INPUT_FOLDERS = [
	...["kiosk", "admin/client", "assets", "scripts/assets"],
	...["server/base", "server/protocol", "server/recognition"],
];

/** The door page itself is kept by the service worker too, so a change to it must reach the version. */
const DOOR_PAGE = "server/web/kiosk-page.tsx";
const INPUT_FILES = ["bun.lock", "scripts/build-assets.ts", DOOR_PAGE];

/** One hash over every file that can change a built asset; packages count through the lock. */
async function inputHash(): Promise<string> {
	const inside = INPUT_FOLDERS.map((folder) => [...new Bun.Glob(`${folder}/**/*`).scanSync({ cwd: ROOT })]);
	const paths = [...inside.flat(), ...INPUT_FILES].sort();
	const contents = await Promise.all(paths.map((path) => Bun.file(join(ROOT, path)).bytes()));
	return contentHash(Bun.version, ...paths.flatMap((path, i) => [path, contents[i]!]));
}

async function isCurrent(hash: string): Promise<boolean> {
	if (!(await Bun.file(join(ROOT, "build", "assets.gen.ts")).exists())) return false;
	const stamp = Bun.file(STAMP);
	return (await stamp.exists()) && (await stamp.text()) === hash;
}

function placed(source: AssetSource, bytes: Uint8Array, folderHash?: string): BuiltAsset {
	const hash = contentHash(bytes);
	const { name, kiosk = false } = source;
	const inFolder = source.folder && `${source.folder}-${folderHash}${name.slice(source.folder.length)}`;
	const file = source.url ? basename(name) : (inFolder ?? hashedName(name, hash));
	const url = source.url ?? `/assets/${file}`;
	return { name, url, file, bytes, hash, immutable: !source.url, kiosk };
}

/** Builds `sources` and gives files of one folder their common hash. */
async function build(sources: readonly AssetSource[], constants: BuildConstants): Promise<BuiltAsset[]> {
	const contents = await Promise.all(sources.map((source) => contentOf(ROOT, source, constants)));
	const folderHash = (folder: string) =>
		contentHash(...contents.filter((_, i) => sources[i]!.folder === folder));
	return sources.map((source, i) => placed(source, contents[i]!, source.folder && folderHash(source.folder)));
}

/** Addresses by asset name, plus one per folder. */
function urlsOf(sources: readonly AssetSource[], assets: readonly BuiltAsset[]): Record<string, string> {
	const urls: Record<string, string> = {};
	assets.forEach((asset, i) => {
		urls[asset.name] = asset.url;
		const folder = sources[i]?.folder;
		if (folder) urls[folder] = asset.url.split("/").slice(0, 3).join("/");
	});
	return urls;
}

async function buildAll(): Promise<{ count: number; missing: string[] }> {
	const { found, missing } = await listAssets(ROOT);
	const copies = found.filter((source) => source.work === "copy");
	const made = found.filter((source) => source.work !== "copy" && !source.url);
	const last = found.filter((source) => source.url);
	const copied = await build(copies, { ASSET_URLS: {}, KIOSK_ASSETS: [], KIOSK_VERSION: "" });
	const ASSET_URLS = urlsOf(copies, copied);
	const bundled = await build(made, { ASSET_URLS, KIOSK_ASSETS: [], KIOSK_VERSION: "" });
	const kiosk = [...copied, ...bundled].filter((asset) => asset.kiosk);
	const KIOSK_ASSETS = kiosk.map((asset) => asset.url);
	const KIOSK_VERSION = contentHash(KIOSK_ASSETS.join(), await Bun.file(join(ROOT, DOOR_PAGE)).bytes());
	const workers = await build(last, { ASSET_URLS, KIOSK_ASSETS, KIOSK_VERSION });
	await writeBuild(ROOT, [...copied, ...bundled, ...workers], missing, KIOSK_VERSION);
	return { count: found.length, missing };
}

const startedMs = performance.now();
const hash = await inputHash();
if (!(await isCurrent(hash))) {
	const { count, missing } = await buildAll();
	await Bun.write(STAMP, hash);
	const left = missing.length ? `; not there yet: ${missing.join(", ")}` : "";
	console.error(`dianmao: ${count} assets built in ${Math.round(performance.now() - startedMs)} ms${left}`);
}
