/** Who is at the other end, by the socket alone: a header such as X-Forwarded-For is whatever the client likes. */

/** The part of Bun's server that the edge needs. */
export interface EdgeServer {
	requestIP(request: Request): { readonly address: string } | null;
	/** Idle seconds allowed for one request; 0 means for ever. */
	timeout(request: Request, seconds: number): void;
}

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The client's IP address without the IPv4-in-IPv6 prefix; `unknown` when the socket is gone already. */
export function clientAddress(request: Request, server: EdgeServer): string {
	const address = server.requestIP(request)?.address ?? "unknown";
	return MAPPED_IPV4.exec(address)?.[1] ?? address;
}

export const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");

/** One customer of IPv6 owns 2^64 addresses, so they count as one (RFC 6177). */
export function addressBlock(address: string): string {
	if (!address.includes(":")) return address;
	const [head = "", tail] = address.toLowerCase().split("::");
	const left = head === "" ? [] : head.split(":");
	const right = tail === undefined || tail === "" ? [] : tail.split(":");
	const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
	return [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right].slice(0, 4).join(":");
}
