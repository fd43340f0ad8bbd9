import { describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { openAuthority } from "../../server/tls/authority.ts";
import { createAuthority } from "../../server/tls/issue-authority.ts";
import { makeTrustSite } from "./trust-site.tsx";
import { makeTrustView, systemOf, type TrustBox } from "./trust-view.ts";

const made = await createAuthority("box-1", Date.UTC(2027, 2, 1));
const authority = openAuthority(made.certPem, made.keyPem)!;
const NAMES = ["dianmao.local", "192.168.1.20", "localhost", "127.0.0.1", "::1"];
const box = (changes: Partial<TrustBox> = {}): TrustBox => ({
	authority: () => authority,
	usesOwnCertificate: () => false,
	names: () => NAMES,
	isAllowedHost: (name) => NAMES.includes(name),
	httpsPort: () => 8443,
	httpPort: () => 80,
	...changes,
});

const ask = (path: string, headers: Record<string, string> = {}, changes: Partial<TrustBox> = {}) =>
	makeTrustSite(box(changes))(
		new Request(`http://dianmao.local${path}`, { headers: { host: "dianmao.local", ...headers } }),
	);
const pageOf = async (...args: Parameters<typeof ask>) => (await ask(...args)?.text()) ?? "";

describe("the page", () => {
	test("is written in the language of the browser, or the chosen one", async () => {
		expect(await pageOf("/trust", { "accept-language": "en-US,en" })).toContain('<html lang="en">');
		expect(await pageOf("/trust", { "accept-language": "fr" })).toContain('<html lang="zh-CN">');
		expect(await pageOf("/trust?lang=zh-CN", { "accept-language": "en" })).toContain('<html lang="zh-CN">');
		expect(await pageOf("/trust?lang=<script>", { "accept-language": "en" })).toContain('<html lang="en">');
	});

	test("shows the whole fingerprint and the name that settings will show", async () => {
		const text = await pageOf("/trust", { "accept-language": "en" });
		for (const group of authority.fingerprint.split(" ")) expect(text).toContain(group);
		expect(text).toContain(authority.name);
		expect(authority.name).toMatch(/^Dianmao box [0-9A-F]{4}$/);
	});

	test("holds no inline script, style or handler", async () => {
		const text = await pageOf("/trust");
		expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
	});

	test("asks for nothing to be installed while the owner's certificate is served", async () => {
		const text = await pageOf("/trust", { "accept-language": "en" }, { usesOwnCertificate: () => true });
		expect(text).toContain("Nothing to install");
		expect(text).not.toContain("/trust/ca.crt");
	});

	test("opens the guide of the device", async () => {
		const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36";
		expect(await pageOf("/trust", { "user-agent": agent })).toMatch(
			/<details[^>]*data-system="windows"[^>]*open/,
		);
	});

	test("gives other devices an address that works for them", () => {
		const view = (host: string) =>
			makeTrustView(new Request(`http://${host}/trust`, { headers: { host } }), host, box());
		expect(view("dianmao.local").kioskUrl).toBe("https://dianmao.local:8443/kiosk");
		expect(view("192.168.1.20").pageUrl).toBe("http://192.168.1.20/trust");
		expect(view("localhost").kioskUrl).toBe("https://192.168.1.20:8443/kiosk");
		expect(view("localhost").checkUrl).toBe("https://localhost:8443/trust/check");
	});
});

test("systems are told by their user agents", () => {
	const rows = [
		["Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "ios"],
		["Mozilla/5.0 (Linux; Android 14; Pixel 8)", "android"],
		["Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1", "android"],
		["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "mac"],
		["Mozilla/5.0 (X11; Linux x86_64)", "linux"],
		["", "android"],
	] as const;
	for (const [agent, system] of rows) expect(systemOf(agent)).toBe(system);
});

describe("the downloads", () => {
	test("are all the same certificate", async () => {
		const pem = new X509Certificate(await ask("/trust/ca.crt")!.text());
		const der = new X509Certificate(await ask("/trust/ca.cer")!.bytes());
		const profile = await ask("/trust/ca.mobileconfig")!.text();
		const inside = new X509Certificate(Buffer.from(/<data>([^<]+)/.exec(profile)![1]!, "base64"));
		const print = authority.fingerprint.replaceAll(" ", "");
		for (const one of [pem, der, inside]) expect(one.fingerprint256.replaceAll(":", "")).toBe(print);
	});

	test("carry the types that systems act upon, and no key", async () => {
		const of = (path: string) => ask(path)!.headers.get("content-type");
		expect(of("/trust/ca.crt")).toBe("application/x-x509-ca-cert");
		expect(of("/trust/ca.mobileconfig")).toBe("application/x-apple-aspen-config");
		for (const path of ["/trust/ca.crt", "/trust/ca.mobileconfig", "/trust"])
			expect(await pageOf(path)).not.toContain("PRIVATE KEY");
	});

	test("the profile is well-formed even with signs in its texts, and keeps its identity", async () => {
		const odd = { authority: () => ({ ...authority, name: "A & <B>" }) };
		const text = await pageOf("/trust/ca.mobileconfig", {}, odd);
		expect(text).toContain("A &amp; &lt;B&gt;");
		const uuids = (profile: string) =>
			profile.match(/[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}/g);
		expect(uuids(text)?.length).toBe(4);
		expect(uuids(await pageOf("/trust/ca.mobileconfig", {}, odd))).toEqual(uuids(text));
	});
});

test("everything else is left to others", () => {
	for (const path of ["/", "/trust/", "/trust/ca-key.pem", "/assets/kiosk.js", "/trust/check"])
		expect(ask(path)).toBeUndefined();
});
