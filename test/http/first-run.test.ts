/** The first run over HTTP: only /setup answers, the code opens it, every step can be taken up again. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { hasOwner } from "../../db/account.ts";
import { isFaceOn, readFace, readSite } from "../../server/services/site.ts";
import { type Office, openOffice, PASSWORD } from "../support/office.ts";

let office: Office;
beforeEach(() => {
	office = openOffice();
	office.firstRun.begin();
});
afterEach(() => {
	expect(office.accidents).toEqual([]);
	office.store.close();
});

const SITE = { name: "Dumpling King", zone: "Asia/Shanghai", lang: "en" };
const OWNER = { name: "Mei", login: "mei", password: PASSWORD };

test("before there is an owner every page leads to the setup", async () => {
	const visitor = office.browser();
	for (const path of ["/", "/login", "/accounts", "/profile", "/setup/face", "/setup/ready"]) {
		const answer = await visitor.get(path);
		expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 303, "/setup"]);
	}
	for (const path of ["/setup/site", "/setup/owner", "/setup/factor"])
		expect((await visitor.get(path)).headers.get("location")).toBe("/setup");
	expect((await visitor.post("/setup/owner", OWNER)).headers.get("location")).toBe("/setup");
	expect(office.firstRun.draft()).toBeUndefined();
});

test("a whole first run, with reloads, ends in a signed-in owner and a ready box", async () => {
	const visitor = office.browser();
	const next = async () => (await visitor.get("/setup")).headers.get("location");
	await visitor.post("/setup/code", { code: office.codes.at(-1)!.toLowerCase() });
	expect(await next()).toBe("/setup/site");
	expect((await visitor.post("/setup/site", { ...SITE, zone: "Mars/Base" })).status).toBe(422);
	await visitor.post("/setup/site", SITE);
	expect(readSite(office.store)).toEqual(SITE as never);
	expect(await next()).toBe("/setup/owner");
	await visitor.post("/setup/owner", OWNER);
	expect(await next()).toBe("/setup/factor");
	const shown = (await (await visitor.get("/setup/factor")).text()).match(/typed-key">([^<]+)/)![1];
	expect(await (await visitor.get("/setup/factor")).text()).toContain(shown!);
	expect((await visitor.post("/setup/factor", { code: "000000" })).status).toBe(422);
	await visitor.post("/setup/factor", { code: office.draftCode() });
	expect(hasOwner(office.store)).toBe(true);
	expect(await next()).toBe("/setup/recovery");
	const codes = (await (await visitor.get("/setup/recovery")).text()).match(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/g);
	expect(new Set(codes).size).toBe(10);
	expect((await (await visitor.get("/setup/recovery")).text()).includes(codes![0]!)).toBe(true);
	expect((await visitor.post("/setup/recovery")).status).toBe(422);
	await visitor.post("/setup/recovery", { kept: "yes" });
	expect(await (await visitor.get("/setup/face")).text()).toContain('value="CN" checked');
	await visitor.post("/setup/face", { preset: "EU", face: "off" });
	expect([readFace(office.store)?.preset, isFaceOn(office.store)]).toEqual(["EU", false]);
	const shift = { name: "Day", startMin: "09:00", endMin: "18:00", graceInMin: "5", breakMin: "60" };
	expect((await visitor.post("/setup/shift", { ...shift, weekdays: [] })).status).toBe(422);
	await visitor.post("/setup/shift", { ...shift, weekdays: ["0", "1", "2", "3", "4"] });
	expect(await next()).toBe("/setup/ready");
	const ready = await (await visitor.get("/setup/ready")).text();
	expect(ready).toContain("The key lies beside the data.");
	expect(ready).toContain("Nobody can punch yet.");
	expect((await visitor.get("/")).headers.get("location")).toBe("/setup");
	await visitor.post("/setup/ready");
	expect((await visitor.get("/")).headers.get("location")).not.toBe("/setup");
});

test("the code is throttled, ends with its use, and a new one lets another browser go on", async () => {
	const guesser = office.browser("10.0.0.66");
	const statuses = [];
	for (let i = 0; i < 7; i++) statuses.push((await guesser.post("/setup/code", { code: "AAAAAAAA" })).status);
	expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
	const right = office.codes.at(-1)!;
	expect((await guesser.post("/setup/code", { code: right })).status).toBe(429);
	expect((await office.browser("10.0.0.1").post("/setup/code", { code: right })).status).toBe(303);
	expect((await office.browser("10.0.0.2").post("/setup/code", { code: right })).status).toBe(422);
	expect(office.codes).toHaveLength(2);
	expect((await office.browser("10.0.0.3").post("/setup/code", { code: office.codes[1]! })).status).toBe(303);
});

test("after a crash the draft is still there; only code and app are asked for again", async () => {
	const visitor = office.browser();
	await visitor.post("/setup/code", { code: office.codes.at(-1)! });
	await visitor.post("/setup/site", SITE);
	await visitor.post("/setup/owner", OWNER);
	const other = office.browser();
	office.firstRun.begin();
	await other.post("/setup/code", { code: office.codes.at(-1)! });
	expect((await other.get("/setup")).headers.get("location")).toBe("/setup/factor");
});

test("once there is an owner the steps before are closed to everybody", async () => {
	await office.addAccount("owner", "mei");
	office.firstRun.begin();
	expect(office.codes).toHaveLength(1);
	const visitor = office.browser();
	expect((await visitor.post("/setup/code", { code: office.codes[0]! })).headers.get("location")).toStartWith(
		"/login",
	);
	expect((await office.firstRun.enter(office.codes[0]!, "x")).ok).toBe(false);
	const second = await office.firstRun.finishWithCode("000000", "en", { address: "x", agent: "" });
	expect(second.ok).toBe(false);
});
