import { expect, test } from "bun:test";
import { assetFolderUrl, assetPath, assetResponse, assetUrl, kioskAssets } from "./assets.ts";

const get = (url: string, headers: Record<string, string> = {}, method = "GET") =>
	assetResponse(url, new Request(`http://localhost${url}`, { headers, method }));

test("an address carries the content hash and is cached for ever", async () => {
	const url = assetUrl("pico.css");
	expect(url).toMatch(/^\/assets\/pico-[0-9a-f]{20}\.css$/);
	const response = get(url)!;
	expect(response.headers.get("cache-control")).toContain("immutable");
	expect(response.headers.get("content-type")).toBe("text/css; charset=utf-8");
	expect(await response.text()).toBe(await Bun.file(assetPath("pico.css")).text());
});

test("Brotli is preferred, gzip is second, q=0 is a refusal", async () => {
	const url = assetUrl("pico.css");
	expect(get(url, { "accept-encoding": "gzip, br" })!.headers.get("content-encoding")).toBe("br");
	expect(get(url, { "accept-encoding": "br;q=0, gzip" })!.headers.get("content-encoding")).toBe("gzip");
	expect(get(url, { "accept-encoding": "identity" })!.headers.has("content-encoding")).toBe(false);
	const packed = await get(url, { "accept-encoding": "gzip" })!.bytes();
	expect(new TextDecoder().decode(Bun.gunzipSync(packed))).toBe(await Bun.file(assetPath("pico.css")).text());
});

test("a known ETag is answered with 304, another encoding's is not", () => {
	const url = assetUrl("htmx.js");
	const etag = get(url)!.headers.get("etag")!;
	expect(get(url, { "if-none-match": `W/${etag}` })!.status).toBe(304);
	expect(get(url, { "if-none-match": etag, "accept-encoding": "br" })!.status).toBe(200);
});

test("unknown addresses and walks out of the folder are not assets", () => {
	for (const url of ["/assets/", "/assets/pico.css", "/assets/../package.json", "/assets/..%2fpackage.json"])
		expect(get(url)).toBeUndefined();
});

test("the nets keep their own names below one hashed folder", () => {
	const folder = assetFolderUrl("models");
	expect(assetUrl("models/face_recognition_model.bin")).toBe(`${folder}/face_recognition_model.bin`);
	const { urls, bytes } = kioskAssets();
	expect(urls).toContain(`${folder}/tiny_face_detector_model-weights_manifest.json`);
	expect(bytes).toBeLessThan(10 * 1024 * 1024);
});

test("HEAD has the headers and no body", async () => {
	const response = get(assetUrl("htmx.js"), {}, "HEAD")!;
	expect(response.headers.get("etag")).not.toBeNull();
	expect(await response.text()).toBe("");
});
