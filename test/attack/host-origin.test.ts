/** Attack row A31: DNS rebinding, CSRF, a public site that reaches for the box. */
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { openTestBox, sendRaw } from "./edge-fixture.ts";

const box = await openTestBox();
afterAll(() => box.listeners.stop());
beforeEach(() => void box.reached.splice(0));

const OWN = `localhost:${box.listeners.httpsPort}`;
const ORIGIN = `https://${OWN}`;

describe("the Host header", () => {
	const ask = (host: string) => box.get("/people", { headers: { host } });

	for (const host of [
		"evil.example",
		"dianmao.local.evil.example",
		"127.0.0.1.nip.io",
		"192.168.1.21",
		"[::2]",
	])
		test(`${host} is misdirected`, async () => {
			const response = await ask(host);
			expect(response.status).toBe(421);
			expect(await response.json()).toMatchObject({ error: { code: "edge.host_unknown" } });
			expect(box.reached).toEqual([]);
		});

	for (const host of [
		"localhost@evil.example",
		"localhost/evil",
		"a b",
		"localhost:99999",
		"localhost:0",
		"",
	])
		test(`"${host}" is malformed`, async () => {
			const text = await sendRaw(
				box.listeners.httpPort,
				`GET /trust HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
			);
			expect(text).toStartWith("HTTP/1.1 400");
			expect(box.reached).toEqual([]);
		});

	test("twice, or not at all, is malformed", async () => {
		for (const hosts of ["Host: localhost\r\nHost: evil.example\r\n", ""]) {
			const text = await sendRaw(
				box.listeners.httpPort,
				`GET /trust HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`,
			);
			expect(text).toStartWith("HTTP/1.1 400");
		}
	});

	for (const host of [
		"DIANMAO.local",
		"dianmao.local.",
		"192.168.1.20",
		`127.0.0.1:${box.listeners.httpsPort}`,
	])
		test(`${host} is ours`, async () => expect((await ask(host)).status).toBe(200));

	test("of a redirect is never foreign", async () => {
		for (const path of ["/people?a=1", "//evil.example/x", "/\\evil.example"]) {
			const response = await fetch(`${box.plainUrl}${path}`, { redirect: "manual" });
			expect(response.status).toBe(308);
			expect(new URL(response.headers.get("location")!).origin).toBe(ORIGIN);
		}
		const headers = { host: "evil.example" };
		expect((await fetch(`${box.plainUrl}/`, { headers, redirect: "manual" })).status).toBe(421);
	});
});

describe("writes", () => {
	const rows: [string, string, Record<string, string>, number][] = [
		["own page", "/people", { origin: ORIGIN, "sec-fetch-site": "same-origin" }, 200],
		["own page, old browser", "/people", { origin: ORIGIN }, 200],
		["foreign origin", "/people", { origin: "https://evil.example" }, 403],
		[
			"foreign origin, forged site",
			"/people",
			{ origin: "https://evil.example", "sec-fetch-site": "same-origin" },
			403,
		],
		["own name over http", "/people", { origin: `http://${OWN}` }, 403],
		["own name, other port", "/people", { origin: "https://localhost:1" }, 403],
		["sandboxed frame", "/people", { origin: "null", "sec-fetch-site": "cross-site" }, 403],
		["null origin alone", "/people", { origin: "null" }, 403],
		["same site, other host", "/people", { origin: ORIGIN, "sec-fetch-site": "same-site" }, 403],
		["cross site", "/people", { "sec-fetch-site": "cross-site" }, 403],
		["no browser headers", "/people", {}, 403],
		["no browser headers, signed route", "/api/kiosk/punch", {}, 200],
		["foreign origin, signed route", "/api/kiosk/punch", { origin: "https://evil.example" }, 403],
		["path that only looks signed", "/people/api/kiosk/", {}, 403],
	];
	for (const [name, path, headers, status] of rows)
		test(`${name}: ${status}`, async () => {
			for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
				const response = await box.get(path, { method, headers, body: "a=1" });
				expect([method, response.status]).toEqual([method, status]);
			}
			expect(box.reached.length).toBe(status === 200 ? 4 : 0);
		});

	test("a socket upgrade from a foreign page is refused", async () => {
		const text = await sendRaw(
			box.listeners.httpsPort,
			`GET /live HTTP/1.1\r\nHost: ${OWN}\r\nOrigin: https://evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
			500,
			box.authority.pem,
		);
		expect(text).toStartWith("HTTP/1.1 403");
	});
});

describe("reads", () => {
	const rows: [string, Record<string, string>, number][] = [
		["typed address", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }, 200],
		["own script", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }, 200],
		["no browser", {}, 200],
		[
			"link on a foreign page",
			{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
			200,
		],
		[
			"foreign frame",
			{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
			403,
		],
		[
			"foreign image",
			{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
			403,
		],
		["foreign fetch", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }, 403],
	];
	for (const [name, headers, status] of rows)
		test(`${name}: ${status}`, async () =>
			expect((await box.get("/photo", { headers })).status).toBe(status));

	test("a preflight of a foreign page gets no permission", async () => {
		const headers = {
			"sec-fetch-site": "cross-site",
			"sec-fetch-mode": "cors",
			origin: "https://evil.example",
			"access-control-request-method": "PUT",
		};
		const response = await box.get("/people", { method: "OPTIONS", headers });
		expect(response.status).toBe(403);
		expect(response.headers.has("access-control-allow-origin")).toBe(false);
	});

	test("the proof of trust is readable by the box's own pages alone", async () => {
		const ask = (origin: string) =>
			box.get("/trust/check", {
				headers: { origin, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" },
			});
		const own = await ask("http://dianmao.local:8080");
		expect(own.headers.get("access-control-allow-origin")).toBe("http://dianmao.local:8080");
		expect(own.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
		const foreign = await ask("https://evil.example");
		expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
		expect(foreign.headers.get("cross-origin-resource-policy")).toBe("same-origin");
	});
});

test("refusals speak the language of the asker and tell nothing of the box", async () => {
	const headers = { host: "evil.example", accept: "text/html", "accept-language": "en-GB,en;q=0.8" };
	const response = await box.get("/", { headers });
	expect(response.headers.get("content-type")).toStartWith("text/plain");
	const text = await response.text();
	expect(text).toContain("does not answer to this name");
	for (const name of ["dianmao.local", "192.168", "localhost"]) expect(text).not.toContain(name);
});
