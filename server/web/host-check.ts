/** Reads the Host header and holds it against the names of this box: the answer to DNS rebinding. */

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

/** Membership of a list that may change at any time (addresses come and go). */
export const makeHostCheck =
	(names: () => Iterable<string>) =>
	(name: string): boolean => {
		for (const known of names()) if (known === name) return true;
		return false;
	};
