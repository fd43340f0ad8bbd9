import { expect, test } from "bun:test";
import { doorAddress } from "./door-address.ts";
import type { NameFacts, NetworkFacts } from "./network.ts";

const facts = (phase: NameFacts["phase"], more: Partial<NetworkFacts> = {}): NetworkFacts => ({
	links: [
		{ link: "wlan0", isUp: false, addresses: [] },
		{ link: "eth0", isUp: true, addresses: ["192.168.1.20", "fd00::5"] },
	],
	name: { name: "dianmao.local", phase },
	certificate: {
		...{ source: "own-authority", publiclyTrusted: false, names: ["dianmao.local"], leftOut: [] },
		...{ endsMs: 0, authorityEndsMs: 0 },
	},
	httpsPort: 8443,
	httpPort: 8080,
	...more,
});
const OWN = { ...facts("off").certificate, source: "own-certificate" as const };
const NO_LINK = { links: [] };

test.each([
	["announced", "https://192.168.1.20:8443/", facts("announced"), "https://dianmao.local:8443/kiosk"],
	[
		"announced, usual port",
		"https://localhost/",
		facts("announced", { httpsPort: 443 }),
		"https://dianmao.local/kiosk",
	],
	["not announced", "https://192.168.1.20:8443/", facts("waiting"), "https://192.168.1.20:8443/kiosk"],
	["contested", "https://box.shop:8443/", facts("contested"), "https://box.shop:8443/kiosk"],
	[
		"off, opened on the box itself",
		"https://localhost:8443/",
		facts("off"),
		"https://192.168.1.20:8443/kiosk",
	],
	["off, by loopback of IPv6", "https://[::1]:8443/", facts("off"), "https://192.168.1.20:8443/kiosk"],
	["off, no network", "https://localhost:8443/", facts("off", NO_LINK), "https://localhost:8443/kiosk"],
	[
		"a certificate of the owner",
		"https://localhost:8443/",
		facts("announced", {
			certificate: { ...OWN, names: ["*.shop.example", "10.0.0.2", "door.shop.example"] },
		}),
		"https://door.shop.example:8443/kiosk",
	],
] as const)("%s", (_, opened, network, best) => expect(doorAddress(opened, network).best).toBe(best));

test("a tablet that knows no .local gets the address beside the name", () => {
	const opened = "https://localhost:8443/";
	expect(doorAddress(opened, facts("announced")).byAddress).toBe("https://192.168.1.20:8443/kiosk");
	expect(doorAddress(opened, facts("announced", NO_LINK)).byAddress).toBeUndefined();
	expect(doorAddress(opened, undefined)).toEqual({ best: "https://localhost:8443/kiosk" });
});
