/** Attack rows A29 (argon2 flood), A30 (brute force) and A31 (foreign origin) of the sign-in. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { systemClock } from "../../server/base/units.ts";
import { hardenedFetch } from "../../server/web/security.ts";
import { type Office, openOffice, PASSWORD } from "../support/office.ts";

let office: Office;
beforeEach(() => {
	office = openOffice();
});
afterEach(() => {
	expect(office.accidents).toEqual([]);
	office.store.close();
});

test("A29: of 40 parallel sign-ins two run, eight wait, the rest get 429; light pages stay quick", async () => {
	await office.addAccount("owner", "mei");
	const flood = Array.from({ length: 40 }, (_, i) =>
		office.browser(`10.1.0.${i}`).post("/login", { login: `guess${i}`, password: "x" }),
	);
	let isDone = false;
	const all = Promise.all(flood).finally(() => {
		isDone = true;
	});
	const visitor = office.browser("10.2.0.1");
	let slowestMs = 0;
	while (!isDone) {
		const startedMs = performance.now();
		expect((await visitor.get("/login")).status).toBe(200);
		slowestMs = Math.max(slowestMs, performance.now() - startedMs);
		await Bun.sleep(20);
	}
	const statuses = (await all).map((answer) => answer.status);
	expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(10);
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(30);
	expect(slowestMs).toBeLessThan(1_000);
}, 60_000);

test("A30: 1,000 guesses are a dozen real ones, nobody is locked out, and the log says so", async () => {
	await office.addAccount("owner", "mei");
	const guesser = office.browser("10.0.0.66");
	let refusedEarly = 0;
	for (let i = 0; i < 1_000; i++) {
		const answer = await guesser.post("/login", { login: "mei", password: `guess ${i}` });
		if (answer.status === 429) refusedEarly++;
		office.clock.pass(1_000);
	}
	expect(1_000 - refusedEarly).toBeLessThanOrEqual(12);
	const actions = listAudit(office.store, { limit: 100 }).map((row) => row.action);
	expect(actions.filter((action) => action === "login.refused").length).toBe(1_000 - refusedEarly);
	const wait = await guesser.post("/login", { login: "mei", password: PASSWORD });
	expect(wait.status).toBe(429);
	expect(Number(wait.headers.get("retry-after"))).toBeGreaterThan(0);
	const owner = await office.browser("10.0.0.5").post("/login", { login: "mei", password: PASSWORD });
	expect(owner.status).toBe(303);
	office.clock.pass(900_000);
	expect((await guesser.post("/login", { login: "mei", password: PASSWORD })).status).toBe(303);
}, 60_000);

test("A30: walking through many names from one address is slowed down, and ten failures raise an alarm", async () => {
	await office.addAccount("owner", "mei");
	const guesser = office.browser("10.0.0.66");
	const statuses: number[] = [];
	for (let i = 0; i < 24; i++)
		statuses.push((await guesser.post("/login", { login: `name${i}`, password: "x" })).status);
	expect(statuses.indexOf(429)).toBe(20);
	expect(listAudit(office.store, { action: "login.guessing", limit: 9 })).toHaveLength(2);
}, 60_000);

test("A30: guessing codes behind a stolen password stops after five", async () => {
	await office.addAccount("owner", "mei");
	const statuses: number[] = [];
	for (let i = 0; i < 8; i++) {
		const thief = office.browser(`10.0.3.${i}`);
		await thief.post("/login", { login: "mei", password: PASSWORD });
		statuses.push((await thief.post("/login/code", { code: String(100_000 + i) })).status);
	}
	expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
}, 60_000);

test("A31: a form of another origin does not reach the sign-in; our own does", async () => {
	await office.addAccount("owner", "mei");
	const edge = hardenedFetch((request) => office.app.handle(request), {
		scheme: "https",
		isAllowedHost: (name) => name === "dianmao.local",
		clock: systemClock,
		onError: (error) => void office.accidents.push(error),
	});
	const server = { requestIP: () => ({ address: "10.0.0.66" }), timeout() {} };
	const post = (headers: Record<string, string>) => {
		const body = new URLSearchParams({ login: "mei", password: PASSWORD });
		const all = { host: "dianmao.local", ...headers };
		return edge(new Request("https://dianmao.local/login", { method: "POST", body, headers: all }), server);
	};
	expect((await post({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status).toBe(403);
	expect((await post({ host: "evil.example", origin: "https://evil.example" })).status).toBe(421);
	expect((await post({ origin: "https://dianmao.local", "sec-fetch-site": "same-origin" })).status).toBe(303);
});
