/**
 * Serves the built assets: addresses for pages, and responses with caching, ETag and ready-made compression.
 * Knows no route table; the composition root mounts `assetResponse`.
 */
import { ASSETS, type Asset, type AssetName, KIOSK_VERSION } from "../../build/assets.gen.ts";

const byUrl = new Map<string, Asset>(Object.values(ASSETS).map((asset) => [asset.url, asset]));

const YEAR = "public, max-age=31536000, immutable";

function assetOf(name: AssetName): Asset {
	const asset = ASSETS[name];
	if (!asset) throw new Error(`the asset ${name} has not been built`);
	return asset;
}

/** The address of an asset, with its content hash; throws when it was not built. */
export const assetUrl = (name: AssetName): string => assetOf(name).url;

/** The path of an asset for `Bun.file`, valid in the checkout and inside the binary. */
export const assetPath = (name: AssetName): string => assetOf(name).path;

/** The address of a folder whose files share one hash, as `models` or `wasm`; no slash at the end. */
export function assetFolderUrl(folder: string): string {
	const inside = Object.entries(ASSETS).find(([name]) => name.startsWith(`${folder}/`));
	if (!inside) throw new Error(`no asset of the folder ${folder} has been built`);
	return inside[1].url.split("/").slice(0, 3).join("/");
}

/** What the door page needs while the box is away: the addresses, and a version that changes with any of them. */
export function kioskAssets(): { version: string; urls: readonly string[]; bytes: number } {
	const kept = Object.values(ASSETS).filter((asset) => asset.kiosk && asset.immutable);
	const bytes = kept.reduce((sum, asset) => sum + asset.bytes, 0);
	return { version: KIOSK_VERSION, urls: kept.map((asset) => asset.url), bytes };
}

/** True when the `Accept-Encoding` header takes `encoding` and does not weigh it zero. */
function accepts(header: string, encoding: string): boolean {
	return header.split(",").some((item) => {
		const [name, weight = ""] = item.trim().toLowerCase().split(";");
		return name === encoding && !/^\s*q=0(\.0*)?$/.test(weight);
	});
}

function chooseCopy(asset: Asset, header: string): { path: string; encoding?: "br" | "gzip" } {
	for (const encoding of ["br", "gzip"] as const) {
		const path = asset.packed[encoding];
		if (path && accepts(header, encoding)) return { path, encoding };
	}
	return { path: asset.path };
}

/** Each encoding is its own representation, so its ETag differs (RFC 9110 §8.8.3). */
const etagOf = (asset: Asset, encoding?: string): string =>
	encoding ? `${asset.etag.slice(0, -1)}-${encoding}"` : asset.etag;

const matches = (header: string | null, etag: string): boolean =>
	header?.split(",").some((item) => item.trim().replace(/^W\//, "") === etag) ?? false;

/** The response for a GET or HEAD of `pathname`, or undefined when no asset has that address. */
export function assetResponse(pathname: string, request: Request): Response | undefined {
	const asset = byUrl.get(pathname);
	if (!asset) return undefined;
	const { path, encoding } = chooseCopy(asset, request.headers.get("accept-encoding") ?? "");
	const headers = new Headers({
		"content-type": asset.type,
		"cache-control": asset.immutable ? YEAR : "no-cache",
		etag: etagOf(asset, encoding),
		vary: "accept-encoding",
	});
	if (matches(request.headers.get("if-none-match"), etagOf(asset, encoding)))
		return new Response(null, { status: 304, headers });
	if (encoding) headers.set("content-encoding", encoding);
	return new Response(request.method === "HEAD" ? null : Bun.file(path), { headers });
}
