/**
 * The sockets of multicast DNS: one for IPv4 on all links, one for IPv6 on each link that has such an address. Opens,
 * follows and closes them; what is said is `mdns.ts`. Without IPv6 on the machine it does its work over IPv4 alone.
 */
import { createSocket } from "node:dgram";
import type { Packet } from "dns-packet";
import makeMdns, { type MulticastDNS, type Options } from "multicast-dns";

/** A way in and out. `link` is the network interface of an IPv6 socket; the IPv4 one serves all. */
export interface Route {
	readonly link?: string;
	readonly socket: MulticastDNS;
}

export interface Sender {
	readonly address: string;
	readonly port: number;
}

export interface WireEvents {
	onReady(): void;
	onQuery(query: Packet, from: Sender, route: Route): void;
	onResponse(response: Packet): void;
	/** An interface came up, or a link got IPv6. */
	onNetwork(): void;
	onWarning(error: Error): void;
	/** IPv4 cannot be served: the port is held by a program that does not share it, or the network is gone. */
	onError(error: Error): void;
}

export interface Wire {
	routes(): readonly Route[];
	/** Opens IPv6 on these links and closes it on all others. */
	follow(links: readonly string[]): void;
	close(): Promise<void>;
}

/** The typings lack `bind: string`; binding to an interface address would hear no multicast. */
type SocketOptions = Options & { readonly bind: string };

const GROUP_6 = "ff02::fb";

function listen(route: Route, events: WireEvents): void {
	const { socket, link } = route;
	socket.on("warning", events.onWarning);
	// A socket hears what any other of this machine joined; each answers for its own link.
	socket.on("query", (query, from) => {
		if (!link || from.address.endsWith(`%${link}`) || !from.address.includes("%"))
			events.onQuery(query, from, route);
	});
	socket.on("response", events.onResponse);
}

function close(socket: MulticastDNS): Promise<void> {
	socket.removeAllListeners();
	socket.on("error", () => undefined);
	return new Promise((done) => socket.destroy(done));
}

function open4(port: number, events: WireEvents): Route {
	const options: SocketOptions = { bind: "0.0.0.0", port };
	const route = { socket: makeMdns(options) };
	listen(route, events);
	route.socket.on("error", events.onError);
	route.socket.on("networkInterface", events.onNetwork);
	route.socket.on("ready", events.onReady);
	return route;
}

function open6(port: number, link: string, events: WireEvents, onBroken: () => void): Route {
	const socket = createSocket({ type: "udp6", reuseAddr: true, ipv6Only: true });
	const place = { type: "udp6", ip: GROUP_6, interface: `::%${link}`, bind: "::", port } as const;
	const options: SocketOptions = { ...place, socket };
	const route = { link, socket: makeMdns(options) };
	listen(route, events);
	route.socket.on("ready", events.onNetwork);
	route.socket.on("error", (error) => {
		events.onWarning(error);
		onBroken();
	});
	return route;
}

/** Opens IPv4 at once; IPv6 with `follow`. Never throws: what goes wrong is told to `events`. */
export function openWire(port: number, events: WireEvents): Wire {
	const four = open4(port, events);
	const six = new Map<string, Route>();
	const drop = (link: string): void => {
		const route = six.get(link);
		six.delete(link);
		if (route) void close(route.socket);
	};
	return {
		routes: () => [four, ...six.values()],
		follow(links) {
			for (const link of [...six.keys()]) if (!links.includes(link)) drop(link);
			for (const link of links)
				if (!six.has(link))
					six.set(
						link,
						open6(port, link, events, () => drop(link)),
					);
		},
		async close() {
			const open = [four, ...six.values()].map(({ socket }) => close(socket));
			six.clear();
			await Promise.all(open);
		},
	};
}
