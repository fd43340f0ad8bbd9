/** The start page, which leads on, and the choice of language and appearance. */
import { Elysia } from "elysia";
import type { Db } from "../../db/store.ts";
import { isSetupFinished } from "../../server/services/first-run.ts";
import type { OwnAccount } from "../../server/services/own-account.ts";
import { contextOf, signedIn, THEMES } from "../../server/web/context.ts";
import { LANG_COOKIE, setCookie, THEME_COOKIE } from "../../server/web/cookies.ts";
import { rawValue } from "../../server/web/forms.ts";
import { isLang } from "../../server/web/i18n.ts";
import { goTo, safePath } from "../../server/web/render.tsx";
import { startPage } from "./nav.ts";

export interface FrameDeps {
	readonly db: Db;
	readonly own: Pick<OwnAccount, "setLang">;
}

const YEAR_SEC = 31_536_000;

export const framePages = ({ db, own }: FrameDeps) =>
	new Elysia({ name: "frame" })
		.get("/", ({ request }) => {
			const rc = signedIn(request);
			const unfinished = rc.viewer.role === "owner" && !isSetupFinished(db);
			return goTo(rc, unfinished ? "/setup" : startPage(rc.viewer.role), { flash: rc.flash });
		})
		.post("/preferences", async ({ request, body }) => {
			const rc = contextOf(request);
			const lang = rawValue(body, "lang");
			const theme = THEMES.find((one) => one === rawValue(body, "theme"));
			if (isLang(lang) && rc.viewer) await own.setLang(rc.viewer.id, lang);
			const cookies = [
				...(isLang(lang) ? [setCookie(LANG_COOKIE, lang, YEAR_SEC)] : []),
				...(theme ? [setCookie(THEME_COOKIE, theme, YEAR_SEC)] : []),
			];
			return goTo(rc, safePath(rawValue(body, "back"), "/"), { cookies });
		});
