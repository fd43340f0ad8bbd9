/** Bar 35: the security headers stand on every response, whoever made it. */
import { afterAll, describe, expect, test } from "bun:test";
import { contentPolicy, secured } from "../../server/web/security-headers.ts";
import { openTestBox } from "./edge-fixture.ts";

const box = await openTestBox((request) => {
	const { pathname } = new URL(request.url);
	if (pathname === "/assets/a.js")
		return new Response("", { headers: { "cache-control": "max-age=31536000" } });
	if (pathname === "/boom") throw new Error("boom");
	if (pathname === "/away") return Response.redirect("/login", 303);
	return new Response("in", { headers: { "x-powered-by": "Elysia", server: "x" } });
});
afterAll(() => box.listeners.stop());

const DROPPED = new Set(["date", "content-length", "content-type", "location", "vary", "connection", "etag"]);

async function headersOf(path: string, init: RequestInit = {}) {
	const { headers } = await box.get(path, init);
	return Object.fromEntries([...headers].filter(([name]) => !DROPPED.has(name)));
}

const FIXED = {
	"content-security-policy":
		"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
	"x-content-type-options": "nosniff",
	"referrer-policy": "same-origin",
	"x-frame-options": "DENY",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"origin-agent-cluster": "?1",
	"x-permitted-cross-domain-policies": "none",
	"cache-control": "no-store",
	"permissions-policy":
		"camera=(self), fullscreen=(self), screen-wake-lock=(self), autoplay=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), midi=(), browsing-topics=()",
};

describe("the snapshot", () => {
	for (const path of ["/people", "/nowhere", "/away", "/boom"])
		test(path, async () => expect(await headersOf(path)).toEqual(FIXED));

	test("refusals", async () => {
		expect(await headersOf("/people", { method: "DELETE" })).toEqual(FIXED);
		expect(await headersOf("/people", { headers: { host: "evil.example" } })).toEqual(FIXED);
	});

	test("assets keep their own caching", async () =>
		expect(await headersOf("/assets/a.js")).toEqual({ ...FIXED, "cache-control": "max-age=31536000" }));

	test("the kiosk may run WebAssembly and a worker, nothing more", async () => {
		const { "content-security-policy": policy } = await headersOf("/kiosk");
		const added = policy!.split("; ").filter((part) => !FIXED["content-security-policy"].includes(part));
		expect(added).toEqual([
			"script-src 'self' 'wasm-unsafe-eval'",
			"worker-src 'self'",
			"manifest-src 'self'",
		]);
	});

	test("the trust page may ask the secure door, over plain HTTP too", async () => {
		const response = await fetch(`${box.plainUrl}/trust`);
		expect(response.headers.get("content-security-policy")).toContain(`connect-src 'self' ${box.secureUrl}`);
		expect(response.headers.get("x-content-type-options")).toBe("nosniff");
		expect(response.headers.has("strict-transport-security")).toBe(false);
	});
});

test("HSTS goes out only with a publicly trusted certificate", () => {
	const policy = { wasm: false, secure: true };
	const of = (hsts: boolean) =>
		secured(new Response(), { ...policy, hsts }).headers.get("strict-transport-security");
	expect(of(true)).toBe("max-age=31536000");
	expect(of(false)).toBeNull();
});

test("no policy ever allows inline code or eval", () => {
	expect(contentPolicy()).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
});
