import { afterEach, describe, expect, test } from "bun:test";
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";
import dnsPacket from "dns-packet";
import makeMdns, { type MulticastDNS } from "multicast-dns";
import { type Mdns, type MdnsState, startMdns } from "./mdns.ts";
import {
	addressesFor,
	addressesOn,
	answerTo,
	contradiction,
	legacyAnswer,
	nextName,
} from "./mdns-records.ts";
import type { LanAddress } from "./tls/lan-addresses.ts";

const lan = (cidr: string): LanAddress => ({
	address: cidr.split("/")[0]!,
	family: cidr.includes(":") ? 6 : 4,
	cidr,
	link: "eth0",
});
const OFFICE = lan("192.168.1.5/24");
const GUEST = lan("10.9.0.5/16");
const SIX = lan("fd00::5/64");

describe("packets", () => {
	const ask = (name: string, type: "A" | "AAAA" | "TXT" = "A") => ({ questions: [{ name, type }] });

	test("a question for our name, in any case, is answered with both families", () => {
		for (const name of ["dianmao.local", "DianMao.LOCAL", "dianmao.local."])
			expect(answerTo(ask(name), "dianmao.local", [OFFICE, SIX], { address: "192.168.1.9" })).toMatchObject([
				{ type: "A", data: "192.168.1.5", ttl: 120, flush: true },
				{ type: "AAAA", data: "fd00::5" },
			]);
	});

	test("other names and other kinds are not ours", () => {
		const rows = [ask("printer.local"), ask("x.dianmao.local"), ask("dianmao.local", "TXT"), {}];
		for (const query of rows)
			expect(answerTo(query, "dianmao.local", [OFFICE], { address: "192.168.1.9" })).toBeUndefined();
	});

	test("an asker gets the address of its own network, a stranger all", () => {
		expect(addressesFor({ address: "10.9.3.3" }, [OFFICE, GUEST])).toEqual([GUEST]);
		expect(addressesFor({ address: "172.20.0.1" }, [OFFICE, GUEST])).toEqual([OFFICE, GUEST]);
	});

	test("a link-local address is told on its own link alone", () => {
		const near = { ...lan("fe80::5/64"), link: "eth0" };
		const guest = { ...GUEST, link: "wlan0" };
		const all = [OFFICE, guest, near];
		expect(addressesFor({ address: "192.168.1.9" }, all)).toEqual([OFFICE, near]);
		expect(addressesFor({ address: "10.9.3.3" }, all)).toEqual([guest]);
		expect(addressesFor({ address: "fe80::9%eth0", link: "eth0" }, all)).toEqual([OFFICE, near]);
		expect(addressesFor({ address: "fe80::9%wlan0", link: "wlan0" }, all)).toEqual([guest]);
		expect(addressesOn(undefined, all)).toEqual([OFFICE, guest]);
		expect(addressesOn(undefined, [OFFICE, near])).toEqual([OFFICE, near]);
	});

	test("a plain resolver gets its id and question back, survives encoding, and caches shortly", () => {
		const query = { id: 4711, ...ask("dianmao.local") };
		const answers = answerTo(query, "dianmao.local", [OFFICE, SIX], { address: "192.168.1.9" })!;
		const packet = dnsPacket.decode(
			dnsPacket.encode({ type: "response", ...legacyAnswer(query, "dianmao.local", answers) }),
		);
		expect(packet).toMatchObject({
			id: 4711,
			questions: [{ name: "dianmao.local", type: "A" }],
			answers: [{ type: "A", data: "192.168.1.5", ttl: 10, flush: false }],
		});
		expect(packet.answers).toHaveLength(1);
	});

	test("only a foreign address under our name contradicts us", () => {
		const answer = (data: string, name = "dianmao.local", ttl = 120) => ({
			answers: [{ type: "A", name, data, ttl }],
		});
		const of = (response: object) => contradiction(response, "dianmao.local", [OFFICE, GUEST]);
		expect(of(answer("192.168.1.66"))).toBe("192.168.1.66");
		expect(of(answer("10.9.0.5"))).toBeUndefined();
		expect(of(answer("192.168.1.66", "printer.local"))).toBeUndefined();
		expect(of(answer("192.168.1.66", "dianmao.local", 0))).toBeUndefined();
		expect(of({})).toBeUndefined();
	});

	test("names count up", () => {
		expect(nextName("dianmao.local")).toBe("dianmao-2.local");
		expect(nextName("dianmao-2.local")).toBe("dianmao-3.local");
		expect(nextName("shop-9.local")).toBe("shop-10.local");
	});
});

describe("on the wire", () => {
	const open: (() => unknown)[] = [];
	afterEach(async () => {
		for (const close of open.splice(0).reverse()) await close();
	});

	/** A port of our own, so that no responder of this machine joins in. */
	const freePort = () =>
		new Promise<number>((done) => {
			const socket = createSocket("udp4").bind(0, () => {
				const { port } = socket.address();
				socket.close(() => done(port));
			});
		});

	function box(port: number, addresses: LanAddress[], name = "dianmao.local") {
		const states: MdnsState[] = [];
		const waiting = new Set<() => void>();
		const onState = (state: MdnsState) => {
			states.push(state);
			for (const wake of waiting) wake();
		};
		const mdns: Mdns = startMdns({ name, addresses: () => addresses, onState, port, paceMs: 20 });
		open.push(() => mdns.stop());
		const until = (phase: MdnsState["phase"]) =>
			new Promise<MdnsState>((done) => {
				const look = () => {
					if (mdns.state().phase !== phase) return;
					waiting.delete(look);
					done(mdns.state());
				};
				waiting.add(look);
				look();
			});
		return { mdns, states, until };
	}

	function peer(port: number): MulticastDNS {
		const socket = makeMdns({ bind: "0.0.0.0", port } as object);
		open.push(() => new Promise<void>((done) => socket.destroy(done)));
		return socket;
	}

	const nextAnswer = (socket: MulticastDNS, fits: (answer: { ttl?: number; data?: unknown }) => boolean) =>
		new Promise<{ name: string; data: unknown; ttl: number }>((done) => {
			socket.on("response", ({ answers }) => {
				for (const answer of answers) if (fits(answer as never)) done(answer as never);
			});
		});

	test("claims, answers a question, says goodbye", async () => {
		const port = await freePort();
		const { mdns, states, until } = box(port, [OFFICE]);
		await until("announced");
		expect(states.map(({ phase }) => phase)).toEqual(["claiming", "announced"]);
		const asker = peer(port);
		const answered = nextAnswer(asker, ({ data, ttl }) => data === "192.168.1.5" && ttl === 120);
		asker.query("dianmao.local", "A");
		expect(await answered).toMatchObject({ name: "dianmao.local", data: "192.168.1.5" });
		const farewell = nextAnswer(asker, ({ ttl }) => ttl === 0);
		await mdns.stop();
		expect(await farewell).toMatchObject({ name: "dianmao.local", ttl: 0 });
		expect(mdns.state().phase).toBe("stopped");
	});

	const sixLink = Object.entries(networkInterfaces()).find(([, entries]) =>
		entries?.some(({ address }) => address.startsWith("fe80:")),
	)?.[0];

	test.skipIf(!sixLink)("answers over IPv6 too: to the group and to a plain resolver", async () => {
		const port = await freePort();
		const six = { ...lan("fd00::77/64"), link: sixLink! };
		const { until } = box(port, [{ ...OFFICE, link: sixLink! }, six]);
		await until("announced");
		const joining = createSocket({ type: "udp6", reuseAddr: true, ipv6Only: true });
		const place = { type: "udp6", ip: "ff02::fb", interface: `::%${sixLink}`, bind: "::", port };
		const asker = makeMdns({ ...place, socket: joining } as object);
		open.push(() => new Promise<void>((done) => asker.destroy(done)));
		const heard = nextAnswer(asker, ({ data, ttl }) => data === "fd00::77" && ttl === 120);
		asker.query("dianmao.local", "AAAA");
		expect(await heard).toMatchObject({ name: "dianmao.local", type: "AAAA" });

		const plain = createSocket("udp6").bind(0);
		const reply = new Promise<Buffer>((done) => plain.once("message", done));
		const question = {
			type: "query" as const,
			id: 7,
			questions: [{ type: "AAAA" as const, name: "dianmao.local" }],
		};
		plain.send(dnsPacket.encode(question), port, `ff02::fb%${sixLink}`);
		expect(dnsPacket.decode(await reply)).toMatchObject({
			id: 7,
			answers: [{ type: "AAAA", data: "fd00::77", ttl: 10 }],
		});
		plain.close();
	});

	test("the second box takes the next name, and the first stays undisturbed", async () => {
		const port = await freePort();
		const first = box(port, [OFFICE]);
		await first.until("announced");
		const second = box(port, [GUEST]);
		expect(await second.until("announced")).toEqual({ phase: "announced", name: "dianmao-2.local" });
		expect(first.mdns.state()).toEqual({ phase: "announced", name: "dianmao.local" });
	});

	test("an impostor is reported and defied, the name is kept", async () => {
		const port = await freePort();
		const { mdns, until } = box(port, [OFFICE]);
		await until("announced");
		const impostor = peer(port);
		const defence = new Promise<void>((done) => {
			impostor.on("response", ({ answers }) => {
				const isOurs = answers.some((answer) => (answer as { data?: unknown }).data === "192.168.1.5");
				if (isOurs && mdns.state().phase === "contested") done();
			});
		});
		impostor.respond([{ name: "dianmao.local", type: "A", ttl: 120, data: "192.168.1.66" }]);
		expect(await until("contested")).toEqual({
			phase: "contested",
			name: "dianmao.local",
			rival: "192.168.1.66",
		});
		await defence;
	});

	test("without a network it waits, and claims when one appears", async () => {
		const addresses: LanAddress[] = [];
		const { mdns, until } = box(await freePort(), addresses);
		expect(mdns.state().phase).toBe("waiting");
		addresses.push(OFFICE);
		expect(await until("announced")).toMatchObject({ name: "dianmao.local" });
	});
});
