/** Attack row A21: names that are script, in every place where people choose names, on every page of the back office. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { ACCESS } from "../../server/web/access.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import { pairKiosk } from "../support/test-kiosk.ts";

/** Short enough for every field; each would leave an element or attribute of its own behind. */
const EVIL = [
	`"><img src=x onerror=__xss()>`,
	`<script>__xss()</script>`,
	`'><svg/onload=__xss()>`,
	`</title><iframe src=//x>`,
	`" hx-on:load="__xss()`,
	`javascript:__xss()`,
] as const;

let box: TestBox;
let owner: SignedIn;
let employeeId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
	box = await makeTestBox();
	const shop = await box.staff();
	const { services } = box;
	must(await services.site.save({ name: EVIL[0], zone: "Asia/Shanghai", lang: "en" }, BOX));
	const department = must(
		await services.departments.create({ name: EVIL[0], parentId: null, shiftId: null }, BOX),
	);
	employeeId = shop.people.get("lin-wanqing")!;
	services.store.sqlite
		.query("UPDATE employee SET name = ?, department_id = ? WHERE id = ?")
		.run(EVIL[2], department.id, employeeId);
	services.store.sqlite.query("UPDATE shift SET name = name || ?").run(EVIL[3]);
	const plan = { name: EVIL[4], place: EVIL[5], direction: "auto" as const };
	const { code } = must(await services.kiosks.makeCode(plan, BOX));
	const kiosk = await pairKiosk(box.send, code, box.clock.nowMs);
	services.store.sqlite.query("UPDATE kiosk SET label = ? WHERE id = ?").run(EVIL[0], kiosk.id);
	must(await services.kiosks.approve(kiosk.id, BOX));
	const reply = await kiosk.punch({ kind: "card", card: person("lin-wanqing").card! }, { id: newId() });
	expect(reply.outcome).toBe("accepted");
	owner = await signInAs(box, "owner");
	services.store.sqlite.query("UPDATE account SET name = ?").run(EVIL[1]);
	Object.assign(ids, { kiosk: kiosk.id, department: department.id, account: owner.accountId });
	ids.shift = shop.shifts.get("day")!;
});
afterAll(() => box.close());

/** Pages without parameters, and those of the hostile person, kiosk, department, shift and account. */
const pages = (): string[] => {
	const plain = Object.keys(ACCESS)
		.filter((rule) => rule.startsWith("GET /") && !rule.includes(":"))
		.map((rule) => rule.slice(4))
		.filter((path) => !/stream|export|template|\.(xlsx|csv)$|^\/api/.test(path));
	return [
		...plain,
		...["", "/edit", "/face", "/face/enrol", "/face/upload", "/days"].map(
			(end) => `/people/${employeeId}${end}`,
		),
		`/people/departments/${ids.department}`,
		`/people/shifts/${ids.shift}`,
		`/kiosks/${ids.kiosk}`,
		`/accounts/${ids.account}`,
		`/days/2026-11-02/${employeeId}`,
		`/people?q=${encodeURIComponent(EVIL[0])}`,
		`/login?next=${encodeURIComponent(EVIL[5])}`,
	];
};

/** What a browser's parser would make dangerous of a page. */
async function dangers(html: string): Promise<string[]> {
	const found: string[] = [];
	const look = new HTMLRewriter().on("*", {
		element(one) {
			const attributes = [...one.attributes];
			const src = one.getAttribute("src");
			if (one.tagName === "script" && !src?.startsWith("/assets/")) found.push("inline or foreign script");
			if (one.tagName === "iframe" || (one.tagName === "img" && src === "x")) found.push(one.tagName);
			for (const [name, value] of attributes) {
				if (/^(on|hx-on)/.test(name) || name === "srcdoc") found.push(`${one.tagName} ${name}`);
				if (/^\s*javascript:/i.test(value) && /^(href|src|action|formaction|hx-)/.test(name))
					found.push(`${one.tagName} ${name}=${value}`);
			}
		},
	});
	await look.transform(new Response(html)).text();
	return found;
}

test("the look-out sees what it should", async () => {
	for (const evil of EVIL.slice(0, 5))
		expect(await dangers(`<p title="${evil}">${evil}</p>`)).not.toEqual([]);
	expect(await dangers(`<a href="${EVIL[5]}">x</a>`)).not.toEqual([]);
	expect(await dangers("<p>&lt;script&gt;</p>")).toEqual([]);
});

describe("every page", () => {
	test("shows hostile names as text", async () => {
		let seen = 0;
		for (const path of pages()) {
			const response = await owner.send(path, { headers: { accept: "text/html" } });
			const html = await response.text();
			expect([path, response.status < 500]).toEqual([path, true]);
			expect([path, await dangers(html)]).toEqual([path, []]);
			if (html.includes("__xss")) seen += 1;
		}
		expect(seen).toBeGreaterThan(15);
	});

	test("also as a fragment, as htmx asks for it", async () => {
		for (const path of ["/people", "/board", "/days", "/doubts", "/kiosks", "/audit"]) {
			const response = await owner.send(path, { headers: { "hx-request": "true" } });
			expect([path, await dangers(await response.text())]).toEqual([path, []]);
		}
	});
});

test("the kiosk's page gets such a name as a JSON string", async () => {
	const kiosk = await box.kiosk("Side");
	box.clock.pass(120_000);
	const reply = await kiosk.punch({ kind: "card", card: person("lin-wanqing").card! });
	expect(reply).toMatchObject({ outcome: "accepted", name: EVIL[2] });
});
