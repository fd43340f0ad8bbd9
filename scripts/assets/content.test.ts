import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetWork } from "./catalogue.ts";
import { contentOf } from "./content.ts";
import { hashedName } from "./generate.ts";
import { contentHash, contentTypeOf, packedCopies } from "./packing.ts";

const constants = {
	ASSET_URLS: { "face-api.js": "/assets/face-api-1.js", models: "/assets/models-2" },
	KIOSK_ASSETS: ["/assets/kiosk-3.js"],
	KIOSK_VERSION: "v4",
};

async function built(work: AssetWork, text: string, name = "entry.ts"): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "dianmao-assets-"));
	await Bun.write(join(folder, name), text);
	try {
		return new TextDecoder().decode(await contentOf(folder, { name, from: name, work }, constants));
	} finally {
		await rm(folder, { recursive: true });
	}
}

test("bundles get the addresses of the assets", async () => {
	const text = await built("script", "console.log(ASSET_URLS.models, KIOSK_ASSETS, KIOSK_VERSION);");
	for (const value of ["/assets/models-2", "/assets/kiosk-3.js", "v4"]) expect(text).toContain(value);
});

test("face-api stays a file of its own, loaded by its address", async () => {
	const text = await built("module", 'export const f = import("@vladmandic/face-api/dist/face-api.esm.js");');
	expect(text).toContain('import("/assets/face-api-1.js")');
	expect(text.length).toBeLessThan(1000);
});

test("face-api by its package name is refused: it would be the build for servers", async () => {
	await expect(built("module", 'export * as f from "@vladmandic/face-api";')).rejects.toThrow();
});

test("a classic script leaks no name into the page", async () => {
	const text = await built("script", "const answer = document.title; document.title = answer + answer;");
	expect(text.startsWith("(()=>{")).toBe(true);
});

test("style sheets are minified and keep the addresses of assets", async () => {
	const text = await built("style", "a {\n\tbackground: url(/assets/x.svg);\n}\n", "a.css");
	expect(text.trim()).toBe("a{background:url(/assets/x.svg)}");
});

test("names carry the hash before the ending; folders become part of the name", () => {
	expect(hashedName("kiosk.js", "ab")).toBe("kiosk-ab.js");
	expect(hashedName("admin/app.js", "ab")).toBe("admin-app-ab.js");
	expect(contentHash("a")).not.toBe(contentHash("b"));
});

test("only copies that save something are kept, gzip only for small files", async () => {
	const random = crypto.getRandomValues(new Uint8Array(4096));
	expect(await packedCopies("a.bin", random)).toEqual({});
	expect(Object.keys(await packedCopies("a.js", new Uint8Array(4096)))).toEqual(["br", "gzip"]);
	expect(Object.keys(await packedCopies("a.js", new Uint8Array(300_000)))).toEqual(["br"]);
	expect(await packedCopies("a.png", new Uint8Array(4096))).toEqual({});
});

test("an ending without a content type stops the build", () =>
	expect(() => contentTypeOf("a.xyz")).toThrow());
