/** Choices of language and appearance: plain forms, so they work before any script has run. */
import { LANGS } from "../../server/base/translate.ts";
import { ruleOf } from "../../server/web/access.ts";
import { type RequestContext, THEMES } from "../../server/web/context.ts";

/** The page itself, unless it only answers a form. */
const backOf = (rc: RequestContext): string =>
	ruleOf("POST", rc.path) && !ruleOf("GET", rc.path) ? "/" : rc.path;

export const LanguageChoice = ({ rc }: { readonly rc: RequestContext }) => (
	<form class="segments" method="post" action="/preferences" aria-label={rc.t("app.language")}>
		<input type="hidden" name="back" value={backOf(rc)} />
		{LANGS.map((lang) => (
			<button type="submit" key={lang} name="lang" value={lang} lang={lang} aria-pressed={rc.lang === lang}>
				{rc.t(`app.language.${lang}`)}
			</button>
		))}
	</form>
);

export const ThemeChoice = ({ rc }: { readonly rc: RequestContext }) => (
	<form class="segments" method="post" action="/preferences" aria-label={rc.t("app.theme")} data-themes>
		<input type="hidden" name="back" value={backOf(rc)} />
		{THEMES.map((theme) => (
			<button type="submit" key={theme} name="theme" value={theme} aria-pressed={rc.theme === theme}>
				{rc.t(`app.theme.${theme}`)}
			</button>
		))}
	</form>
);
