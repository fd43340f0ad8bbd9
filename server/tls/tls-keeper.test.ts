import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import {
	handClock,
	openssl,
	START_MS,
	scratch,
	strictVerify,
	testVault,
} from "../../test/tls/tls-fixture.ts";
import { must } from "../base/result.ts";
import { DAY_MS } from "../base/units.ts";
import { openAuthority } from "./authority.ts";
import { issueLeaf } from "./issue-leaf.ts";
import { openTlsStore } from "./store.ts";
import { openTlsKeeper } from "./tls-keeper.ts";
import type { TlsMaterial } from "./tls-state.ts";

const { folder, drop } = scratch();
afterAll(drop);

let round = 0;
let names: string[];
let errors: unknown[];
const clock = handClock();
beforeEach(() => {
	round++;
	names = ["dianmao.local", "192.168.1.20", "localhost", "127.0.0.1"];
	errors = [];
	clock.setMs(START_MS);
});

const here = (file = "") => join(folder, String(round), file);
const open = async () =>
	must(
		await openTlsKeeper({
			folder: here(),
			sealer: testVault(),
			clock,
			hostName: "box-1",
			names: () => names,
			onError: (error) => errors.push(error),
		}),
	);

/** A chain of a company's authority, made with openssl alone. */
function companyCertificate(host: string, days = 90): { certificate: string; key: string } {
	const at = (name: string) => here(name);
	const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
	openssl("req", "-x509", ...key, "-keyout", at("co.key"), "-out", at("co.pem"), "-subj", "/CN=Company");
	openssl("req", ...key, "-keyout", at("host.key"), "-out", at("host.csr"), "-subj", "/CN=x");
	writeFileSync(at("ext"), `subjectAltName=DNS:${host}`);
	const signer = ["-CA", at("co.pem"), "-CAkey", at("co.key"), "-CAcreateserial", "-extfile", at("ext")];
	openssl("x509", "-req", "-in", at("host.csr"), "-days", String(days), ...signer, "-out", at("host.pem"));
	const read = (name: string) => readFileSync(at(name), "utf8");
	return { certificate: read("host.pem") + read("co.pem"), key: read("host.key") };
}

describe("the own leaf", () => {
	test("is made at first start, kept at the second, and its files are private", async () => {
		const first = await open();
		expect(
			strictVerify(folder, first.current().ca, first.current().cert, "dianmao.local", START_MS).code,
		).toBe(0);
		for (const file of ["ca.pem", "ca-key.sealed", "leaf.sealed"])
			expect(statSync(here(file)).mode & 0o777).toBe(0o600);
		const second = await open();
		expect(second.current().cert).toBe(first.current().cert);
		expect([first.isNewAuthority, second.isNewAuthority]).toEqual([true, false]);
	});

	test("is renewed with less than 30 days left, not before", async () => {
		const keeper = await open();
		const before = keeper.current();
		let renewed = 0;
		keeper.on("renewed", () => renewed++);
		clock.setMs(before.notAfterMs - 30 * DAY_MS - 1);
		expect(await keeper.check()).toBe(false);
		clock.setMs(before.notAfterMs - 30 * DAY_MS + 1);
		expect(await keeper.check()).toBe(true);
		expect(renewed).toBe(1);
		expect(keeper.current().notAfterMs).toBeGreaterThan(before.notAfterMs + 300 * DAY_MS);
		expect((await open()).current().cert).toBe(keeper.current().cert);
	});

	test("is renewed for a new address, once, and not for one that went away", async () => {
		const keeper = await open();
		names = ["dianmao.local", "192.168.7.3", "localhost"];
		expect(await Promise.all([keeper.check(), keeper.check()])).toEqual([true, false]);
		const { ca, cert } = keeper.current();
		expect(strictVerify(folder, ca, cert, "192.168.7.3", START_MS).code).toBe(0);
		names = ["dianmao.local"];
		expect(await keeper.check()).toBe(false);
	});

	test("leaves out what the authority may not sign, without renewing again and again", async () => {
		names.push("203.0.113.5");
		const keeper = await open();
		expect(keeper.current().leftOut).toEqual(["203.0.113.5"]);
		expect(await keeper.check()).toBe(false);
	});

	test("is renewed after the clock was set back before its start", async () => {
		const keeper = await open();
		clock.setMs(START_MS - 40 * DAY_MS);
		expect(await keeper.check()).toBe(true);
	});

	test("of another authority, or damaged, is replaced at start", async () => {
		const keeper = await open();
		writeFileSync(here("leaf.sealed"), "rubbish");
		expect((await open()).current().cert).not.toBe(keeper.current().cert);
		expect((await open()).current().cert).not.toBe("rubbish");
	});

	test("serves even when it cannot be stored", async () => {
		const keeper = await open();
		mkdirSync(here("leaf.sealed.new/x"), { recursive: true });
		names = ["dianmao.local", "10.0.0.9"];
		expect(await keeper.check()).toBe(true);
		expect(keeper.current().names).toContain("10.0.0.9");
		expect(errors).toHaveLength(1);
	});
});

describe("the owner's certificate", () => {
	test("is checked, served, kept over a restart, and left when it runs out", async () => {
		const keeper = await open();
		const own = companyCertificate("kaoqin.example.com");
		clock.setMs(Date.now());
		const served = must(await keeper.useOwnCertificate(own, ["kaoqin.example.com"]));
		expect(served).toMatchObject({ source: "own-certificate", publiclyTrusted: false });
		expect(served.names).toEqual(["kaoqin.example.com"]);
		expect((await open()).current().source).toBe("own-certificate");
		clock.setMs(served.notAfterMs + 1);
		expect(await keeper.check()).toBe(true);
		expect(keeper.current().source).toBe("own-authority");
		expect(keeper.ownProblem()?.code).toBe("tls.own_expired");
	});

	test("can be dropped", async () => {
		const keeper = await open();
		const own = companyCertificate("a.example.com");
		clock.setMs(Date.now());
		must(await keeper.useOwnCertificate(own, ["a.example.com"]));
		expect((await keeper.dropOwnCertificate()).source).toBe("own-authority");
		expect((await open()).current().source).toBe("own-authority");
	});

	test("is refused with a reason, and the box goes on as before", async () => {
		const keeper = await open();
		const own = companyCertificate("a.example.com");
		const other = companyCertificate("a.example.com");
		const leafOnly = own.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)[0]!;
		const rows: [string, { certificate: string; key: string }, string, number][] = [
			["tls.own_certificate_unreadable", { ...own, certificate: "x" }, "a.example.com", 0],
			["tls.own_key_unreadable", { ...own, key: "x" }, "a.example.com", 0],
			["tls.own_key_mismatch", { ...own, key: other.key }, "a.example.com", 0],
			["tls.own_chain_broken", { ...own, certificate: leafOnly + rootCertificates[0] }, "a.example.com", 0],
			["tls.own_name_missing", own, "b.example.com", 0],
			["tls.own_expired", own, "a.example.com", 91],
			["tls.own_not_yet_valid", own, "a.example.com", -2],
		];
		for (const [code, input, name, days] of rows) {
			clock.setMs(Date.now() + days * DAY_MS);
			expect(await keeper.useOwnCertificate(input, [name])).toMatchObject({ ok: false, error: { code } });
		}
		expect(keeper.current().source).toBe("own-authority");
	});
});

describe("a real connection", () => {
	const serve = ({ cert, key, byName }: TlsMaterial) => {
		const named = byName.names.map((serverName) => ({ serverName, cert: byName.cert, key: byName.key }));
		const tls = [{ cert, key }, ...named];
		return Bun.serve({ hostname: "127.0.0.1", port: 0, tls, fetch: () => new Response("in") });
	};

	test("succeeds with the authority pinned and fails without", async () => {
		clock.setMs(Date.now());
		const material = (await open()).current();
		const { ca } = material;
		const server = serve(material);
		const url = `https://localhost:${server.port}/`;
		expect(await (await fetch(url, { tls: { ca } })).text()).toBe("in");
		await expect(fetch(url)).rejects.toThrow();
		await server.stop(true);
	});

	test("by address carries the address", async () => {
		clock.setMs(Date.now());
		const material = (await open()).current();
		const server = serve(material);
		writeFileSync(here("pin.pem"), material.ca);
		const check = ["-verify_return_error", "-verify_ip", "127.0.0.1", "-CAfile", here("pin.pem")];
		const run = Bun.spawn(["openssl", "s_client", "-connect", `127.0.0.1:${server.port}`, ...check], {
			stdin: new Blob([""]),
			stderr: "ignore",
		});
		expect(await new Response(run.stdout).text()).toContain("Verify return code: 0 (ok)");
		await server.stop(true);
	});

	test("fails when another box answers under the same name (mDNS spoof)", async () => {
		clock.setMs(Date.now());
		const real = (await open()).current();
		round += 1000;
		const server = serve((await open()).current());
		await expect(fetch(`https://localhost:${server.port}/`, { tls: { ca: real.ca } })).rejects.toThrow();
		await server.stop(true);
	});

	test("to a leaf outside the constraints fails in the client", async () => {
		clock.setMs(Date.now());
		const keeper = await open();
		const key = openTlsStore(here(), testVault()).read("ca-key.pem")!;
		const authority = openAuthority(keeper.authority().pem, key)!;
		const leaf = await issueLeaf(authority, ["localhost", "example.com"], Date.now());
		const byName = { names: ["localhost"], cert: leaf.nameChainPem, key: leaf.keyPem };
		const server = serve({ ...keeper.current(), byName });
		await expect(
			fetch(`https://localhost:${server.port}/`, { tls: { ca: authority.pem } }),
		).rejects.toThrow();
		await server.stop(true);
	});
});

test("a folder of keys is closed to others", async () => {
	await open();
	expect(statSync(here()).mode & 0o777).toBe(0o700);
});
