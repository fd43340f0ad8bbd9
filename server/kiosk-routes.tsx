/** The door page and its service worker's way in. Holds nothing personal: everything it shows comes by the signed API. */
import { Elysia } from "elysia";
import en from "../assets/locales/kiosk.en.json";
import zh from "../assets/locales/kiosk.zh-CN.json";
import type { Db } from "../db/store.ts";
import { siteOrDefault } from "./services/site.ts";
import { kioskPage } from "./web/kiosk-page.tsx";

export const kioskRoutes = ({ store }: { readonly store: Db }) =>
	new Elysia({ name: "kiosk-page" }).get("/kiosk", () => {
		const { lang } = siteOrDefault(store);
		const words = lang === "en" ? en : zh;
		const texts = { title: words["kiosk.title"], noscript: words["kiosk.noscript"] };
		const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" };
		return new Response(kioskPage(lang, texts), { headers });
	});
