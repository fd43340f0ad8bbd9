import { afterAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openssl, START_MS, scratch, strictVerify, testVault } from "../../test/tls/tls-fixture.ts";
import { must } from "../base/result.ts";
import { DAY_MS } from "../base/units.ts";
import { type Authority, openAuthority } from "./authority.ts";
import { keepAuthority } from "./authority-keeping.ts";
import { boxNames } from "./box-names.ts";
import { createAuthority } from "./issue-authority.ts";
import { issueLeaf } from "./issue-leaf.ts";
import { splitNames } from "./leaf.ts";
import { isPermitted, permittedFor } from "./name-constraints.ts";
import { openTlsStore } from "./store.ts";

const { folder, drop } = scratch();
afterAll(drop);

const made = await createAuthority("shop-pc-7", START_MS);
const authority = openAuthority(made.certPem, made.keyPem) as Authority;

const verify = async (names: readonly string[], host = names[0]!, nowMs = START_MS) => {
	const leaf = await issueLeaf(authority, names, START_MS);
	return strictVerify(folder, authority.pem, leaf.chainPem, host, nowMs);
};

describe("the authority", () => {
	test("says what it is, critically", () => {
		writeFileSync(join(folder, "ca.pem"), authority.pem);
		const { text } = openssl("x509", "-in", join(folder, "ca.pem"), "-noout", "-text");
		expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
		expect(text).toMatch(/Name Constraints: critical\s+Permitted:/);
		expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
		expect(text).toContain("IP:192.168.0.0/255.255.0.0");
		expect(text).toContain("DNS:shop-pc-7");
		expect(text).toContain("prime256v1");
	});

	test("has the fingerprint that openssl computes", () => {
		const { text } = openssl("x509", "-in", join(folder, "ca.pem"), "-noout", "-fingerprint", "-sha256");
		expect(text.split("=")[1]!.trim().replaceAll(":", "")).toBe(authority.fingerprint.replaceAll(" ", ""));
		expect(authority.fingerprint.split(" ")).toHaveLength(16);
	});

	test("does not open with another's key or with damaged text", async () => {
		const other = await createAuthority("shop-pc-7", START_MS);
		expect(openAuthority(made.certPem, other.keyPem)).toBeUndefined();
		expect(openAuthority(made.certPem.slice(0, 200), made.keyPem)).toBeUndefined();
	});
});

describe("leaves inside the constraints pass openssl's strict check", () => {
	const inside = ["dianmao.local", "localhost", "shop-pc-7", "192.168.1.20", "10.1.2.3", "127.0.0.1", "::1"];
	for (const host of [...inside, "fd12:3456::7"])
		test(host, async () => {
			const { code, text } = await verify([host]);
			expect(text).toContain("OK");
			expect(code).toBe(0);
		});

	test("all at once, until the last day and not after", async () => {
		expect((await verify(inside, "dianmao.local", START_MS + 395 * DAY_MS)).code).toBe(0);
		expect((await verify(inside, "dianmao.local", START_MS + 397 * DAY_MS)).text).toContain("expired");
	});

	test("and last no longer than browsers allow", async () => {
		const leaf = await issueLeaf(authority, inside, START_MS);
		expect(leaf.notAfterMs - leaf.notBeforeMs).toBeLessThanOrEqual(397 * DAY_MS);
	});
});

describe("leaves outside the constraints are refused", () => {
	for (const host of ["example.com", "dianmao.local.example.com", "8.8.8.8", "172.32.0.1", "2001:db8::1"])
		test(host, async () => {
			const { code, text } = await verify(["dianmao.local", host], "dianmao.local");
			expect(code).not.toBe(0);
			expect(text).toContain("permitted subtree violation");
		});

	test("so the box leaves them out", () => {
		const wanted = ["dianmao.local", "203.0.113.9", "Shop.example.com", "192.168.1.20", "dianmao.local"];
		expect(splitNames(wanted, authority.permitted)).toEqual({
			names: ["dianmao.local", "192.168.1.20"],
			leftOut: ["203.0.113.9", "shop.example.com"],
		});
	});
});

test("a host name that could be a public top-level domain opens no tree", () => {
	for (const name of ["shop", "box", "xn--fiqs8s", "192.168.1.5", ""])
		expect(permittedFor(name).dns).not.toContain(name);
	expect(isPermitted("www.taobao.shop", permittedFor("shop"))).toBe(false);
	expect(permittedFor("Shop-PC").dns).toContain("shop-pc");
});

test("the box's names come without doubles and without nonsense", () => {
	const sources = {
		mdnsName: "dianmao.local",
		hostName: "Box7",
		addresses: ["10.0.0.5"],
		extra: ["a b", ""],
	};
	expect(boxNames(sources)).toEqual([
		...["dianmao.local", "10.0.0.5", "box7", "box7.local", "localhost", "127.0.0.1", "::1"],
	]);
});

describe("keeping the authority", () => {
	const keep = (name: string, nowMs: number) =>
		keepAuthority(openTlsStore(join(folder, name), testVault()), "box-1", nowMs);

	test("it is made once and found again", async () => {
		const first = must(await keep("twice", START_MS));
		const second = must(await keep("twice", START_MS + 3000 * DAY_MS));
		expect([first.isNew, second.isNew]).toEqual([true, false]);
		expect(second.authority.fingerprint).toBe(first.authority.fingerprint);
	});

	test("after ten years there is a new one, the old one is set aside", async () => {
		const first = must(await keep("decade", START_MS));
		const next = must(await keep("decade", START_MS + 3660 * DAY_MS));
		expect(next.isNew).toBe(true);
		expect(next.authority.fingerprint).not.toBe(first.authority.fingerprint);
		expect(await Array.fromAsync(new Bun.Glob("retired-*").scan(join(folder, "decade")))).toHaveLength(1);
	});

	test("a clock without battery makes none", async () => {
		const result = await keep("battery", Date.UTC(2000, 0, 1));
		expect(result).toMatchObject({ ok: false, error: { code: "tls.clock_unset" } });
	});

	test("a damaged one is reported, never replaced", async () => {
		must(await keep("damaged", START_MS));
		writeFileSync(join(folder, "damaged", "ca-key.sealed"), "gone");
		expect(await keep("damaged", START_MS)).toMatchObject({ error: { code: "tls.authority_damaged" } });
		expect(await Bun.file(join(folder, "damaged", "ca-key.sealed")).text()).toBe("gone");
	});
});
