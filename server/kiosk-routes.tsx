/** The door page, its service worker's way in, and the face pack in force. Holds nothing personal: everything it shows comes by the signed API. */
import { Elysia } from "elysia";
import en from "../assets/locales/kiosk.en.json";
import zh from "../assets/locales/kiosk.zh-CN.json";
import type { Db } from "../db/store.ts";
import { notFound } from "./base/app-error.ts";
import type { FacePack } from "./packs/face-pack.ts";
import { PACK_FILES } from "./protocol/face-pack.ts";
import type { FaceNets } from "./services/face-nets.ts";
import { siteOrDefault } from "./services/site.ts";
import { kioskPage } from "./web/kiosk-page.tsx";
import { failed } from "./web/status.tsx";

export interface KioskRouteDeps {
	readonly store: Db;
	readonly faceNets: Pick<FaceNets, "packInForce">;
}

export const kioskRoutes = ({ store, faceNets }: KioskRouteDeps) =>
	new Elysia({ name: "kiosk-page" })
		.get("/kiosk", () => {
			const { lang } = siteOrDefault(store);
			const words = lang === "en" ? en : zh;
			const texts = { title: words["kiosk.title"], noscript: words["kiosk.noscript"] };
			const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" };
			return new Response(kioskPage(lang, texts), { headers });
		})
		.get("/face-packs/:id/:file", ({ request, params }) => packFile(faceNets.packInForce(), request, params));

const FOREVER = "public, max-age=31536000, immutable";

/** One file of the pack in force; other packs are nobody's business. */
function packFile(
	pack: FacePack | undefined,
	request: Request,
	{ id, file }: { readonly id: string; readonly file: string },
): Response {
	if (pack?.id !== id) return failed(request, notFound("errors.not_found"));
	const headers = { "cache-control": FOREVER, "content-type": "application/json" };
	if (file === PACK_FILES.manifest) return new Response(pack.manifestBytes, { headers });
	if (file === PACK_FILES.model) return new Response(pack.model, { headers });
	if (file !== PACK_FILES.weights) return failed(request, notFound("errors.not_found"));
	return new Response(pack.weights, { headers: { ...headers, "content-type": "application/octet-stream" } });
}
