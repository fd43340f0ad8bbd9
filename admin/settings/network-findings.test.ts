import { expect, test } from "bun:test";
import { DAY_MS } from "../../server/base/units.ts";
import { translatorOf } from "../../server/web/i18n.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import type { NetworkFacts } from "../../server/web/network.ts";
import { type NetworkFinding, networkFindings } from "./network-findings.ts";

const NOW = Date.UTC(2026, 10, 22);
const IN = (days: number) => NOW + days * DAY_MS;
const LINK = { link: "eth0", isUp: true, addresses: ["192.168.1.20"] };
const NAME = { name: "dianmao.local", phase: "announced" as const };
const CA = {
	...{ source: "own-authority" as const, publiclyTrusted: false, names: [], leftOut: [] },
	...{ endsMs: IN(300), authorityEndsMs: IN(3_000) },
};
const OWN = { ...CA, source: "own-certificate" as const };

const facts = (more: Partial<NetworkFacts> = {}): NetworkFacts => ({
	...{ links: [LINK], name: NAME, certificate: CA, httpsPort: 443, httpPort: 80 },
	...more,
});

/** What is found and how it stands, for each state the network can be in. */
const STATES: readonly (readonly [what: string, facts: NetworkFacts, found: readonly string[]])[] = [
	["all well", facts(), ["link_up ok", "name_announced ok", "ca_well ok"]],
	[
		"no cable",
		facts({ links: [{ ...LINK, isUp: false, addresses: [] }] }),
		["no_link bad", "link_down quiet"],
	],
	["no card at all", facts({ links: [] }), ["no_link bad", "name_announced ok"]],
	["no DHCP", facts({ links: [{ ...LINK, addresses: [] }] }), ["no_link bad", "link_no_address warn"]],
	["a spare card", facts({ links: [LINK, { ...LINK, isUp: false, addresses: [] }] }), ["link_down quiet"]],
	["a second box", facts({ name: { ...NAME, name: "dianmao-2.local" } }), ["name_other info"]],
	["starting", facts({ name: { ...NAME, phase: "claiming" } }), ["name_waiting wait"]],
	["a rival", facts({ name: { ...NAME, phase: "contested", rival: "192.168.1.9" } }), ["name_contested bad"]],
	["without mDNS", facts({ name: { ...NAME, phase: "off" } }), ["name_off info"]],
	["not renewed", facts({ certificate: { ...CA, endsMs: IN(6) } }), ["ca_late bad"]],
	[
		"authority ends",
		facts({ certificate: { ...CA, authorityEndsMs: IN(100) } }),
		["ca_well ok", "ca_ending warn"],
	],
	["own certificate", facts({ certificate: OWN }), ["own_well ok"]],
	["own ends in a month", facts({ certificate: { ...OWN, endsMs: IN(29) } }), ["own_ending warn"]],
	["own ends in days", facts({ certificate: { ...OWN, endsMs: IN(3) } }), ["own_ending bad"]],
	[
		"own has run out",
		facts({ certificate: { ...CA, problem: { kind: "invalid", code: "tls.own_expired" } } }),
		["own_refused bad", "ca_well ok"],
	],
	[
		"a public address",
		facts({ certificate: { ...CA, leftOut: ["203.0.113.5"] } }),
		["ca_well ok", "left_out warn"],
	],
];

const shortOf = ({ code, tone }: NetworkFinding) => `${code} ${tone}`;

test.each(STATES)("%s", (_, network, found) =>
	expect(networkFindings(network, NOW).map(shortOf)).toEqual(expect.arrayContaining([...found])),
);

test("every finding has words in both languages, and a way out unless all is well", () => {
	const found = STATES.flatMap(([, network]) => networkFindings(network, NOW));
	expect(new Set(found.map(({ code }) => code)).size).toBe(16);
	for (const { code, tone, vars } of found)
		for (const lang of ["en", "zh-CN"] as const) {
			const key = `settings.network.${code}` as const;
			const text = translatorOf(lang)(key, { ...vars, date: "x", reason: "y" });
			expect(text).not.toContain("{");
			expect([code, tone === "ok" || isMessageKey(`${key}.next`)]).toEqual([code, true]);
		}
});
