/** Reads the Host header and holds it against the names of this box: the answer to DNS rebinding. */
import { type Clock, SECOND_MS } from "../base/units.ts";

/** A host name or address with an optional port; user info, paths and lists do not fit. */
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/;

export interface HostHeader {
	/** Lower-case name or address, IPv6 without brackets, no dot at the end. */
	readonly name: string;
	/** Name with port, as an origin holds it. */
	readonly authority: string;
}

/** The Host of a request; undefined when it is missing, doubled or malformed. */
export function readHost(request: Request): HostHeader | undefined {
	const text = request.headers.get("host")?.toLowerCase() ?? "";
	const [, name = "", port = ""] = AUTHORITY.exec(text) ?? [];
	if (name === "" || (port !== "" && (Number(port) === 0 || Number(port) > 65_535))) return undefined;
	return { name: name.replace(/^\[|\]$/g, "").replace(/\.$/, ""), authority: text };
}

/** `name` as it stands in an address: IPv6 in brackets. */
export const inUrl = (name: string): string => (name.includes(":") ? `[${name}]` : name);

/** An address of this box; the scheme's own port is left out, as browsers do. */
export function urlOf(scheme: "http" | "https", name: string, port: number, path = "/"): string {
	const usual = scheme === "https" ? 443 : 80;
	return `${scheme}://${inUrl(name)}${port === usual ? "" : `:${port}`}${path}`;
}

/** Addresses come and go, but asking the system for them takes as long as checking a signature. */
const REREAD_MS = SECOND_MS;

/** Membership of a list that may change at any time; read again at most once a second. */
export function makeHostCheck(names: () => Iterable<string>, clock: Pick<Clock, "monoMs">) {
	let known = new Set<string>();
	let readMs = Number.NEGATIVE_INFINITY;
	return (name: string): boolean => {
		const nowMs = clock.monoMs();
		if (nowMs - readMs >= REREAD_MS) [known, readMs] = [new Set(names()), nowMs];
		return known.has(name);
	};
}
