/** What the trust page shows, worked out from the request and the box: addresses, system of the device. Draws nothing. */
import type { Lang } from "../../server/base/translate.ts";
import { LANG_COOKIE, readCookie } from "../../server/web/cookies.ts";
import { urlOf } from "../../server/web/host-check.ts";
import { isLang, langOfHeader } from "../../server/web/i18n.ts";

export type DeviceSystem = "android" | "ios" | "windows" | "mac" | "linux";

/** What the page needs to know of the box. */
export interface TrustBox {
	/** The box's own authority. */
	authority(): {
		readonly name: string;
		readonly pem: string;
		readonly der: Uint8Array<ArrayBuffer>;
		readonly fingerprint: string;
		readonly notAfterMs: number;
	};
	/** True while the owner's own certificate is served. */
	usesOwnCertificate(): boolean;
	/** Names and addresses of the box, the best one first, loopback last. */
	names(): readonly string[];
	isAllowedHost(name: string): boolean;
	httpsPort(): number;
	httpPort(): number;
}

export interface TrustView {
	readonly lang: Lang;
	readonly system: DeviceSystem;
	readonly authorityName: string;
	/** Four lines of four groups. */
	readonly fingerprint: readonly string[];
	readonly endsOn: string;
	readonly ownCertificate: boolean;
	readonly pageUrl: string;
	readonly kioskUrl: string;
	readonly adminUrl: string;
	readonly checkUrl: string;
	/** Further addresses of the door screen. */
	readonly otherUrls: readonly string[];
}

/** The first pattern that fits a user agent decides; HarmonyOS installs like Android. iPadOS calls itself a Mac: the script tells. */
const SYSTEMS: readonly (readonly [RegExp, DeviceSystem])[] = [
	[/iPhone|iPad|iPod/, "ios"],
	[/Android|HarmonyOS|OpenHarmony|ArkWeb/i, "android"],
	[/Windows/, "windows"],
	[/Mac OS X|Macintosh/, "mac"],
	[/Linux|CrOS/, "linux"],
];

/** The system behind a user agent; a tablet is the likeliest guest, so Android is the fallback. */
export const systemOf = (userAgent: string): DeviceSystem =>
	SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "android";

const isLoopbackName = (name: string): boolean =>
	name === "localhost" || name === "::1" || name.startsWith("127.");

/**
 * The name to give to other devices: the one that led here, since it works on this network; seen from the box itself,
 * the first address, since not every phone finds `.local` names.
 */
function nameForOthers(host: string, names: readonly string[]): string {
	if (!isLoopbackName(host)) return host;
	const outside = names.filter((name) => !isLoopbackName(name));
	return outside.find((name) => /^[\d.]+$/.test(name)) ?? outside[0] ?? host;
}

export function langOfRequest(request: Request, url: URL): Lang {
	const chosen = url.searchParams.get("lang");
	if (isLang(chosen)) return chosen;
	const kept = readCookie(request, LANG_COOKIE);
	if (isLang(kept)) return kept;
	return langOfHeader(request.headers.get("accept-language")) ?? "zh-CN";
}

const dateText = (ms: number, lang: Lang): string =>
	new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(ms);

function linesOfFour(fingerprint: string): string[] {
	const groups = fingerprint.split(" ");
	return [0, 4, 8, 12].map((at) => groups.slice(at, at + 4).join(" "));
}

/** The view for a request that came in under the allowed name `host`. */
export function makeTrustView(request: Request, host: string, box: TrustBox): TrustView {
	const authority = box.authority();
	const lang = langOfRequest(request, new URL(request.url));
	const shared = nameForOthers(host, box.names());
	const secure = (name: string, path: string) => urlOf("https", name, box.httpsPort(), path);
	const others = box.names().filter((name) => name !== shared && !isLoopbackName(name));
	return {
		lang,
		system: systemOf(request.headers.get("user-agent") ?? ""),
		authorityName: authority.name,
		fingerprint: linesOfFour(authority.fingerprint),
		endsOn: dateText(authority.notAfterMs, lang),
		ownCertificate: box.usesOwnCertificate(),
		pageUrl: urlOf("http", shared, box.httpPort(), "/trust"),
		kioskUrl: secure(shared, "/kiosk"),
		adminUrl: secure(host, "/"),
		checkUrl: secure(host, "/trust/check"),
		otherUrls: others.map((name) => secure(name, "/kiosk")),
	};
}
