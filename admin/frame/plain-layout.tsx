/** The frame of pages for people who are not signed in: login, first run, invitations, errors. */
import type { ComponentChildren } from "preact";
import type { AssetName } from "../../build/assets.gen.ts";
import type { RequestContext } from "../../server/web/context.ts";
import { Document } from "./document.tsx";
import { Seal } from "./icons.tsx";
import { LanguageChoice, ThemeChoice } from "./preferences.tsx";

export interface PlainLayoutProps {
	readonly rc: RequestContext;
	readonly title: string;
	readonly scripts?: readonly AssetName[];
	/** `wide` for the steps of the first run. */
	readonly width?: "card" | "wide";
	/** Beside the site's name, as the progress of the first run. */
	readonly aside?: ComponentChildren;
	readonly children: ComponentChildren;
}

export const PlainLayout = ({ rc, title, scripts, width = "card", aside, children }: PlainLayoutProps) => (
	<Document rc={rc} title={title} scripts={scripts}>
		<div class="plain">
			<header class="plain-head">
				<span class="brand">
					<Seal />
					<span class="brand-name">{rc.siteName}</span>
				</span>
				{aside}
			</header>
			<main id="main" class={`plain-main ${width === "wide" ? "wide" : ""}`} tabIndex={-1}>
				{children}
			</main>
			<footer class="plain-foot">
				<LanguageChoice rc={rc} />
				<ThemeChoice rc={rc} />
			</footer>
		</div>
	</Document>
);
