/**
 * Tells requests of our own pages from those that another site makes a browser send (CSRF, drive-by reads).
 * Relies on `Sec-Fetch-Site` and `Origin`, which scripts cannot forge; never on a browser's local-network prompt.
 */

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** True for methods that may change something, and for a socket upgrade, which lasts. */
export const changesState = (request: Request): boolean =>
	!SAFE_METHODS.has(request.method) || request.headers.has("upgrade");

/**
 * Whether a state-changing request comes from a page of `origin`. A contradiction is never excused;
 * `signed` routes, whose callers prove themselves in each request and use no cookie, need no browser headers.
 */
export function isOwnWrite(request: Request, origin: string, signed: boolean): boolean {
	const site = request.headers.get("sec-fetch-site");
	const from = request.headers.get("origin");
	if (site !== null && site !== "same-origin") return false;
	if (from !== null && from !== origin) return false;
	return signed || site !== null || from !== null;
}

/**
 * Whether a read may be answered: anything of our own, typed addresses, links that open a page, and clients that
 * are no browsers. Images, scripts, frames and fetches of foreign pages may not (ASVS 3.5.8).
 */
export function isOwnRead(request: Request): boolean {
	const site = request.headers.get("sec-fetch-site");
	if (site === null || site === "same-origin" || site === "none") return true;
	const opensPage = request.headers.get("sec-fetch-mode") === "navigate";
	return opensPage && request.method !== "OPTIONS" && request.headers.get("sec-fetch-dest") === "document";
}
