/** Everything below `/trust`, for both listeners: the page, the downloads, the proof of trust, and the page's own assets. */
import { renderToString } from "preact-render-to-string";
import { assetResponse, assetUrl } from "../../server/web/assets.ts";
import { readHost } from "../../server/web/host-check.ts";
import { translatorOf } from "../../server/web/i18n.ts";
import { contentPolicy } from "../../server/web/security-headers.ts";
import { appleProfile } from "./apple-profile.ts";
import { TrustPage } from "./trust-page.tsx";
import { langOfRequest, makeTrustView, type TrustBox } from "./trust-view.ts";

/** The address that a page of plain HTTP asks to learn whether this device trusts the box. */
export const TRUST_CHECK_PATH = "/trust/check";

const ASSET_NAMES = ["pico.css", "app.css", "trust.css", "admin/trust.js", "icons/dianmao.svg"] as const;

const download = (body: BodyInit, type: string, file: string): Response =>
	new Response(body, {
		headers: { "content-type": type, "content-disposition": `attachment; filename="${file}"` },
	});

function pageAnswer(request: Request, host: string, box: TrustBox): Response {
	const view = makeTrustView(request, host, box);
	const html = renderToString(<TrustPage view={view} t={translatorOf(view.lang)} />);
	return new Response(`<!doctype html>${html}`, {
		headers: {
			"content-type": "text/html; charset=utf-8",
			"content-security-policy": contentPolicy({ "connect-src": `'self' ${new URL(view.checkUrl).origin}` }),
			"content-language": view.lang,
			vary: "accept-language, cookie, user-agent",
		},
	});
}

function profileAnswer(request: Request, url: URL, box: TrustBox): Response {
	const t = translatorOf(langOfRequest(request, url));
	const profile = appleProfile(box.authority(), t("trust.profile.description"));
	return download(profile, "application/x-apple-aspen-config", "dianmao-ca.mobileconfig");
}

/** True for a page of this very box, whatever its port or scheme. */
function isOwnOrigin(origin: string, box: TrustBox): boolean {
	try {
		const { hostname } = new URL(origin);
		return box.isAllowedHost(hostname.replace(/^\[|\]$/g, ""));
	} catch {
		return false;
	}
}

/**
 * Answers only over TLS: that the answer arrived is the proof. Readable by pages of the box alone. Chromium asks by
 * preflight when a page of a public address space wants something of a private one.
 */
function checkAnswer(request: Request, box: TrustBox): Response {
	const origin = request.headers.get("origin") ?? "";
	if (!isOwnOrigin(origin, box)) return Response.json({ trusted: true });
	const headers = {
		"access-control-allow-origin": origin,
		"access-control-allow-private-network": "true",
		"cross-origin-resource-policy": "cross-origin",
		vary: "origin",
	};
	if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
	return Response.json({ trusted: true }, { headers });
}

function fileAnswer(request: Request, url: URL, box: TrustBox): Response | undefined {
	switch (url.pathname) {
		case "/trust/ca.crt":
			return download(box.authority().pem, "application/x-x509-ca-cert", "dianmao-ca.crt");
		case "/trust/ca.cer":
			return download(box.authority().der, "application/x-x509-ca-cert", "dianmao-ca.cer");
		case "/trust/ca.mobileconfig":
			return profileAnswer(request, url, box);
		default:
			return ASSET_NAMES.some((name) => assetUrl(name) === url.pathname)
				? assetResponse(url.pathname, request)
				: undefined;
	}
}

/** The answer to a request below `/trust` or for one of the page's assets; undefined for everything else. */
export function makeTrustSite(box: TrustBox) {
	return (request: Request): Response | undefined => {
		const url = new URL(request.url);
		const host = readHost(request)?.name;
		if (!host) return undefined;
		if (url.pathname === TRUST_CHECK_PATH)
			return url.protocol === "https:" ? checkAnswer(request, box) : undefined;
		if (request.method !== "GET" && request.method !== "HEAD") return undefined;
		return url.pathname === "/trust" ? pageAnswer(request, host, box) : fileAnswer(request, url, box);
	};
}
