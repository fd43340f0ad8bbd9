/** The HTML shell of `/kiosk`. All content is drawn by the page's own script; nothing personal is in here, so it may be cached. */
import { render } from "preact-render-to-string";
import type { Lang } from "../base/translate.ts";
import { assetFolderUrl, assetUrl, kioskAssets } from "./assets.ts";

export interface KioskPageTexts {
	readonly title: string;
	readonly noscript: string;
}

/** The version a kiosk in service compares with its own; travels in HelloReply. */
export const kioskVersion = (): string => kioskAssets().version;

/** The whole document. `lang` is the site's; visitors switch on screen. */
export function kioskPage(lang: Lang, texts: KioskPageTexts): string {
	const icons = assetFolderUrl("icons");
	const body = (
		<html lang={lang}>
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
				<meta name="color-scheme" content="light dark" />
				<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4efe6" />
				<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1522" />
				<meta name="mobile-web-app-capable" content="yes" />
				<title>{texts.title}</title>
				<link rel="manifest" href={`${icons}/kiosk.webmanifest`} />
				<link rel="icon" href={`${icons}/dianmao.svg`} type="image/svg+xml" />
				<link rel="apple-touch-icon" href={`${icons}/dianmao-180.png`} />
				<link rel="stylesheet" href={assetUrl("kiosk.css")} />
				<script type="module" src={assetUrl("kiosk.js")} />
			</head>
			<body>
				<div id="kiosk" data-version={kioskVersion()} />
				<noscript>{texts.noscript}</noscript>
			</body>
		</html>
	);
	return `<!doctype html>${render(body)}`;
}
