/** Reads and writes the cookies of the admin site. All are host-only; none holds more than a token or a choice. */

/** The session's token. `__Host-` makes the browser insist on Secure, Path=/ and no Domain. */
export const SESSION_COOKIE = "__Host-dm";
/** Language chosen before signing in. */
export const LANG_COOKIE = "__Host-dm-lang";
export const THEME_COOKIE = "__Host-dm-theme";
/** Message key shown once after a redirect. */
export const FLASH_COOKIE = "__Host-dm-flash";

/** The value of one cookie; the first wins when a name occurs twice. */
export function readCookie(request: Request, name: string): string | undefined {
	for (const part of (request.headers.get("cookie") ?? "").split(";")) {
		const at = part.indexOf("=");
		if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
	}
	return undefined;
}

/** A `Set-Cookie` value. `maxAgeSec` 0 deletes; undefined lasts as long as the browser. */
export function setCookie(name: string, value: string, maxAgeSec?: number): string {
	const age = maxAgeSec === undefined ? "" : `; Max-Age=${maxAgeSec}`;
	return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`;
}

export const clearCookie = (name: string): string => setCookie(name, "", 0);
