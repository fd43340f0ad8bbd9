/** The bare document: head, scripts, skip link, toast. No inline script or style, as the CSP demands. */
import type { ComponentChildren } from "preact";
import type { AssetName } from "../../build/assets.gen.ts";
import { assetUrl } from "../../server/web/assets.ts";
import type { RequestContext } from "../../server/web/context.ts";
import { Toasts } from "./toast.tsx";

export interface DocumentProps {
	readonly rc: RequestContext;
	readonly title: string;
	/** Asset names of further scripts. */
	readonly scripts?: readonly AssetName[];
	readonly children: ComponentChildren;
}

const SCRIPTS: readonly AssetName[] = ["htmx.js", "hx-sse.js", "admin/app.js"];

export function Document({ rc, title, scripts = [], children }: DocumentProps) {
	return (
		<html lang={rc.lang} data-theme={rc.theme === "auto" ? undefined : rc.theme}>
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
				<meta name="color-scheme" content={rc.theme === "auto" ? "light dark" : rc.theme} />
				<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":"reload"}' />
				<title>{`${title} · ${rc.siteName}`}</title>
				<link rel="icon" href={assetUrl("icons/dianmao.svg")} type="image/svg+xml" />
				<link rel="stylesheet" href={assetUrl("pico.css")} />
				<link rel="stylesheet" href={assetUrl("app.css")} />
				{[...SCRIPTS, ...scripts].map((name) => (
					<script key={name} src={assetUrl(name)} defer />
				))}
			</head>
			<body data-offline={rc.t("app.offline")} data-copied={rc.t("app.copied")}>
				<a class="skip" href="#main">
					{rc.t("app.skip")}
				</a>
				{children}
				<Toasts rc={rc} />
			</body>
		</html>
	);
}
