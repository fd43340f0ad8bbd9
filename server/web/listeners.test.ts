import { afterEach, describe, expect, test } from "bun:test";
import { openTestBox, type TestBox, tlsOf } from "../../test/attack/edge-fixture.ts";
import { issueLeaf } from "../tls/issue-leaf.ts";
import { openListeners } from "./listeners.ts";

const open: TestBox[] = [];
afterEach(async () => {
	for (const box of open.splice(0)) await box.listeners.stop();
});
async function boxOf(...args: Parameters<typeof openTestBox>): Promise<TestBox> {
	const box = await openTestBox(...args);
	open.push(box);
	return box;
}

const serialOf = async (port: number): Promise<string> => {
	const chain = Bun.spawn(["openssl", "s_client", "-connect", `127.0.0.1:${port}`], {
		stdin: new Blob([""]),
		stderr: "ignore",
	});
	const text = await new Response(chain.stdout).text();
	return /-----BEGIN CERTIFICATE-----[\s\S]*?-----END/.exec(text)![0];
};

describe("renewal", () => {
	test("serves the new certificate on the same port and lets requests in flight end", async () => {
		let release = () => {};
		const held = new Promise<void>((done) => {
			release = done;
		});
		const box = await boxOf(async (request) => {
			if (request.url.endsWith("/slow")) await held;
			return new Response("in");
		});
		const before = await serialOf(box.listeners.httpsPort);
		const slow = box.get("/slow");
		while (!box.reached.includes("/slow")) await Bun.sleep(5);
		box.listeners.renew(tlsOf(await issueLeaf(box.authority, ["localhost", "127.0.0.1"], Date.now())));
		expect((await box.get("/people", { headers: { connection: "close" } })).status).toBe(200);
		expect(await serialOf(box.listeners.httpsPort)).not.toBe(before);
		release();
		expect(await (await slow).text()).toBe("in");
	});

	test("with a broken certificate throws and goes on serving the old one", async () => {
		const box = await boxOf();
		const bad = { cert: "x", key: "y", byName: { names: [], cert: "x", key: "y" } };
		expect(() => box.listeners.renew(bad)).toThrow();
		expect((await box.get("/people")).status).toBe(200);
	});
});

describe("ports", () => {
	const options = (httpsPort: number, httpPort: number, hostname = "127.0.0.1") => ({
		tls: { cert: "", key: "", byName: { names: [], cert: "", key: "" } },
		secureFetch: () => new Response(),
		plainFetch: () => () => new Response(),
		...{ httpsPort, httpPort, hostname },
	});

	test("that are taken are named with the option that changes them", async () => {
		const box = await boxOf();
		const leaf = tlsOf(await issueLeaf(box.authority, ["localhost"], Date.now()));
		const { httpsPort, httpPort } = box.listeners;
		const secure = await openListeners({ ...options(httpsPort, 0), tls: leaf });
		expect(secure).toMatchObject({
			ok: false,
			error: { kind: "conflict", code: "tls.port_taken", vars: { port: httpsPort, option: "--https-port" } },
		});
		const plain = await openListeners({ ...options(0, httpPort), tls: leaf });
		expect(plain).toMatchObject({ error: { vars: { port: httpPort, option: "--http-port" } } });
	});

	test("of an address that is not ours fail with that address", async () => {
		const box = await boxOf();
		const leaf = tlsOf(await issueLeaf(box.authority, ["localhost"], Date.now()));
		const result = await openListeners({ ...options(0, 0, "203.0.113.9"), tls: leaf });
		expect(result).toMatchObject({
			error: { code: "tls.address_unavailable", vars: { address: "203.0.113.9" } },
		});
	});
});

describe("TLS", () => {
	const handshake = async (port: number, version: string) => {
		const weak = ["-cipher", "ALL:@SECLEVEL=0"];
		const run = Bun.spawn(["openssl", "s_client", version, ...weak, "-connect", `127.0.0.1:${port}`], {
			stdin: new Blob([""]),
			stdout: "ignore",
			stderr: "ignore",
		});
		return (await run.exited) === 0;
	};

	test("1.2 and 1.3 are spoken, older versions are not", async () => {
		const { listeners } = await boxOf();
		const spoken = await Promise.all(
			["-tls1", "-tls1_1", "-tls1_2", "-tls1_3"].map((version) => handshake(listeners.httpsPort, version)),
		);
		expect(spoken).toEqual([false, false, true, true]);
	});
});

describe("stopping", () => {
	test("ends requests in flight first and takes no new ones", async () => {
		const box = await openTestBox(async () => {
			await Bun.sleep(150);
			return new Response("whole");
		});
		const slow = box.get("/slow");
		while (!box.reached.includes("/slow")) await Bun.sleep(5);
		const stopped = box.listeners.stop();
		expect(await (await slow).text()).toBe("whole");
		await stopped;
		await expect(box.get("/people")).rejects.toThrow();
	});

	test("does not wait for ever", async () => {
		const box = await openTestBox(() => new Promise<Response>(() => {}));
		const hung = box.get("/hung").catch(() => "cut");
		while (!box.reached.includes("/hung")) await Bun.sleep(5);
		await box.listeners.stop();
		expect(await hung).toBe("cut");
	});
});

describe("plain HTTP", () => {
	test("answers health, the trust page and nothing else", async () => {
		const box = await boxOf();
		const ask = (path: string, init: RequestInit = {}) =>
			fetch(`${box.plainUrl}${path}`, { redirect: "manual", ...init });
		expect(await (await ask("/health")).text()).toBe("ok\n");
		expect((await ask("/trust")).status).toBe(200);
		for (const path of ["/", "/kiosk", "/trust/check", "/assets/none.js", "/trustx", "/trust/../people"])
			expect([path, (await ask(path)).status]).toEqual([path, 308]);
		expect((await ask("/api/kiosk/nonce")).status).toBe(403);
		const origin = box.plainUrl;
		expect((await ask("/login", { method: "POST", headers: { origin }, body: "pin=1" })).status).toBe(403);
	});
});

test("an event stream outlives the idle limit because its timer is off", async () => {
	const { hardenedFetch } = await import("./security.ts");
	const timers: number[] = [];
	const server = {
		requestIP: () => ({ address: "127.0.0.1" }),
		timeout: (_: Request, sec: number) => void timers.push(sec),
	};
	const stream = new Response("", { headers: { "content-type": "text/event-stream; charset=utf-8" } });
	const edge = hardenedFetch(() => stream, {
		scheme: "https",
		isAllowedHost: () => true,
		clock: { nowMs: () => 0, monoMs: () => 0 },
		onError: () => undefined,
	});
	await edge(new Request("https://localhost/live", { headers: { host: "localhost" } }), server);
	expect(timers).toEqual([0]);
});
