import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LanAddress } from "./lan-addresses.ts";
import { currentLinks } from "./lan-links.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "links-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const link = (name: string, state: string, hasDevice = true) => {
	mkdirSync(join(folder, name, hasDevice ? "device" : ""), { recursive: true });
	writeFileSync(join(folder, name, "operstate"), `${state}\n`);
};
const address = (name: string, text: string): LanAddress => ({
	...{ address: text, family: text.includes(":") ? 6 : 4, cidr: `${text}/24`, link: name },
});

test("cards with and without a cable, virtual ones left out", () => {
	link("eth0", "up");
	link("wlan0", "down");
	link("docker0", "up");
	link("lo", "unknown", false);
	link("ifb0", "down", false);
	expect(currentLinks(folder, () => [address("eth0", "192.168.1.5"), address("eth0", "fd00::5")])).toEqual([
		{ link: "eth0", isUp: true, addresses: ["192.168.1.5", "fd00::5"] },
		{ link: "wlan0", isUp: false, addresses: [] },
	]);
});

test("a cable without an address, and a driver that does not tell", () => {
	link("eth0", "up");
	link("usb0", "unknown");
	link("usb1", "unknown");
	expect(currentLinks(folder, () => [address("usb0", "10.0.0.2")])).toEqual([
		{ link: "usb0", isUp: true, addresses: ["10.0.0.2"] },
		{ link: "eth0", isUp: true, addresses: [] },
		{ link: "usb1", isUp: false, addresses: [] },
	]);
});

test("a system without the list: what has an address is up", () =>
	expect(currentLinks(join(folder, "none"), () => [address("en0", "10.0.0.2")])).toEqual([
		{ link: "en0", isUp: true, addresses: ["10.0.0.2"] },
	]));
