/** Signing in, second factors, sessions and invitations over HTTP, on a fresh store each. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { findAccount } from "../../db/account.ts";
import { auditActions } from "../../db/audit.ts";
import { type Office, openOffice, PASSWORD } from "../support/office.ts";

let office: Office;
beforeEach(() => {
	office = openOffice();
});
afterEach(() => {
	expect(office.accidents).toEqual([]);
	office.store.close();
});

const MINUTE = 60_000;

async function signIn(login: string, visitor = office.browser()) {
	await visitor.post("/login", { login, password: PASSWORD, next: "/profile" });
	const answer = await visitor.post("/login/code", { code: office.code(), next: "/profile" });
	return { visitor, answer };
}

test("password and code open the page that was wanted; the cookie is locked down", async () => {
	await office.addAccount("owner", "mei");
	const visitor = office.browser();
	const asked = await visitor.get("/profile");
	expect([asked.status, asked.headers.get("location")]).toEqual([303, "/login?next=%2Fprofile"]);
	const { answer } = await signIn("MEI", visitor);
	expect([answer.status, answer.headers.get("location")]).toEqual([303, "/profile"]);
	const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("__Host-dm="));
	expect(cookie).toMatch(/^__Host-dm=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
	const page = await visitor.get("/profile");
	expect(page.status).toBe(200);
	expect(await page.text()).toContain("Signed in as mei");
	expect(auditActions(office.store)).toEqual(["login.signed_in"]);
});

test("the password alone opens nothing", async () => {
	await office.addAccount("owner", "mei");
	const visitor = office.browser();
	await visitor.post("/login", { login: "mei", password: PASSWORD });
	expect((await visitor.get("/profile")).status).toBe(303);
});

test("a wrong password, an unknown login and a disabled account look alike", async () => {
	await office.addAccount("owner", "mei");
	const gone = await office.addAccount("hr", "gone");
	await office.accounts.disable(gone, { actor: { kind: "box", id: "t" }, address: "" });
	const texts: string[] = [];
	for (const [login, password] of [
		["mei", "wrong"],
		["nobody", PASSWORD],
		["gone", PASSWORD],
	] as const) {
		const answer = await office.browser(`10.0.1.${texts.length}`).post("/login", { login, password });
		expect(answer.status).toBe(422);
		texts.push((await answer.text()).replaceAll(login, "X"));
	}
	expect(new Set(texts).size).toBe(1);
});

test("a code counts once", async () => {
	await office.addAccount("owner", "mei");
	expect((await signIn("mei")).answer.status).toBe(303);
	const { answer } = await signIn("mei");
	expect(answer.status).toBe(422);
	expect(await answer.text()).toContain("was used before");
	office.clock.pass(30_000);
	expect((await signIn("mei")).answer.status).toBe(303);
});

test("a recovery code works once, in any spelling", async () => {
	const id = await office.addAccount("owner", "mei");
	const by = { actor: { kind: "account", id }, address: "" } as const;
	const [code = ""] = await office.own.newRecoveryCodes(id, by);
	const answers: number[] = [];
	for (const typed of [code.toLowerCase().replaceAll("-", " "), code]) {
		const visitor = office.browser();
		await visitor.post("/login", { login: "mei", password: PASSWORD });
		answers.push((await visitor.post("/login/recovery", { recovery: typed })).status);
	}
	expect(answers).toEqual([303, 422]);
});

test("a session ends after 15 idle minutes, after 12 hours, at sign-out and when the account is disabled", async () => {
	const id = await office.addAccount("hr", "li");
	await office.addAccount("owner", "mei");
	const fresh = async () => {
		office.clock.pass(MINUTE);
		return (await signIn("li")).visitor;
	};
	const isIn = async (visitor: Awaited<ReturnType<typeof fresh>>) =>
		(await visitor.get("/profile")).status === 200;

	const idle = await fresh();
	office.clock.pass(14 * MINUTE);
	expect(await isIn(idle)).toBe(true);
	await office.store.settled();
	office.clock.pass(14 * MINUTE);
	expect(await isIn(idle)).toBe(true);
	await office.store.settled();
	office.clock.pass(16 * MINUTE);
	expect(await isIn(idle)).toBe(false);

	const long = await fresh();
	for (let i = 0; i < 73; i++) {
		office.clock.pass(10 * MINUTE);
		await isIn(long);
		await office.store.settled();
	}
	expect(await isIn(long)).toBe(false);

	const leaving = await fresh();
	const token = leaving.cookies.get("__Host-dm")!;
	await leaving.post("/logout");
	leaving.cookies.set("__Host-dm", token);
	expect(await isIn(leaving)).toBe(false);

	const fired = await fresh();
	expect(await isIn(fired)).toBe(true);
	await office.accounts.disable(id, { actor: { kind: "box", id: "t" }, address: "" });
	expect(await isIn(fired)).toBe(false);
});

test("a sensitive act asks for proof after five minutes and turns the token", async () => {
	const owner = await office.signedInAs("owner", "mei");
	expect((await owner.get("/accounts/new")).status).toBe(200);
	office.clock.pass(5 * MINUTE + 1);
	const asked = await owner.get("/accounts/new");
	expect(asked.headers.get("location")).toBe("/prove?next=%2Faccounts%2Fnew");
	const before = owner.cookies.get("__Host-dm");
	const wrong = await owner.post("/prove", { password: "wrong", code: office.code(), next: "/accounts/new" });
	expect(wrong.status).toBe(422);
	const right = await owner.post("/prove", {
		password: PASSWORD,
		code: office.code(),
		next: "/accounts/new",
	});
	expect(right.headers.get("location")).toBe("/accounts/new");
	expect(owner.cookies.get("__Host-dm")).not.toBe(before);
	expect((await owner.get("/accounts/new")).status).toBe(200);
	owner.cookies.set("__Host-dm", before!);
	expect((await owner.get("/profile")).status).toBe(303);
});

test("next never leads off the site", async () => {
	await office.addAccount("owner", "mei");
	for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
		office.clock.pass(MINUTE);
		const visitor = office.browser();
		await visitor.post("/login", { login: "mei", password: PASSWORD, next });
		const answer = await visitor.post("/login/code", { code: office.code(), next });
		expect(answer.headers.get("location")).toBe("/");
	}
});

test("an invitation works once and makes a whole account", async () => {
	const owner = await office.signedInAs("owner", "mei");
	const made = await owner.post("/accounts/new", {
		login: "zhou",
		name: "Zhou",
		role: "manager",
		lang: "en",
	});
	const token = /\/invite\/([\w-]{43})/.exec(await made.text())![1]!;
	const guest = office.browser();
	expect(await (await guest.get(`/invite/${token}`)).text()).toContain("Welcome, Zhou");
	const weak = await guest.post(`/invite/${token}`, { password: "password1234", code: "000000" });
	expect([weak.status, (await weak.text()).includes("first that attackers try")]).toEqual([422, true]);
	const code = office.codeFor(office.enrolment.offer(office.idOf("zhou"), "", "").uri);
	const taken = await guest.post(`/invite/${token}`, { password: "steamed buns at dawn", code });
	expect(taken.status).toBe(200);
	expect((await taken.text()).match(/([0-9A-Z]{4}-){5}[0-9A-Z]{4}/g)).toHaveLength(10);
	expect((await guest.get("/profile")).status).toBe(200);
	expect((await office.browser().get(`/invite/${token}`)).status).toBe(404);
});

test("an invitation ends after three days", async () => {
	const by = { actor: { kind: "box", id: "t" }, address: "" } as const;
	await office.addAccount("owner", "mei");
	const input = { login: "zhou", name: "Zhou", role: "hr", departmentIds: [], lang: "en" } as const;
	const { token } = office.must(await office.accounts.invite(input, by));
	office.clock.pass(3 * 24 * 60 * MINUTE + 1);
	expect((await office.browser().get(`/invite/${token}`)).status).toBe(404);
});

test("the last owner can be neither disabled nor demoted nor reset", async () => {
	const owner = await office.signedInAs("owner", "mei");
	const id = office.idOf("mei");
	for (const path of ["disable", "reset"])
		expect((await owner.post(`/accounts/${id}/${path}`)).status).toBe(409);
	expect((await owner.post(`/accounts/${id}`, { name: "Mei", role: "hr" })).status).toBe(422);
	expect(findAccount(office.store, id)).toMatchObject({ role: "owner", disabledMs: null });
});

test("language follows the browser, then the account; the theme is kept", async () => {
	await office.addAccount("owner", "mei");
	const visitor = office.browser();
	const zh = await visitor.get("/login", { "accept-language": "zh-TW,zh;q=0.9,en;q=0.1" });
	expect(await zh.text()).toContain('lang="zh-CN"');
	expect(await (await visitor.get("/login", { "accept-language": "fr, en;q=0.5" })).text()).toContain(
		'lang="en"',
	);
	await visitor.post("/preferences", { lang: "zh-CN", theme: "dark", back: "/login" });
	const chosen = await (await visitor.get("/login")).text();
	expect(chosen).toContain('<html lang="zh-CN" data-theme="dark">');
});
