/** Attack row A25: addresses and file names that try to leave their folder. Names of files are the box's own, never the asker's. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { must } from "../../server/base/result.ts";
import { ACCESS } from "../../server/web/access.ts";
import { assetResponse, kioskAssets } from "../../server/web/assets.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let owner: SignedIn;
beforeAll(async () => {
	box = await makeTestBox();
	await box.staff();
	owner = await signInAs(box, "owner");
});
afterAll(() => box.close());

const CLIMBS = [
	"../../../../etc/passwd",
	"..%2f..%2f..%2fetc%2fpasswd",
	"%2e%2e/%2e%2e/etc/passwd",
	"..%252f..%252fetc%252fpasswd",
	"....//....//etc/passwd",
	"..\\..\\..\\etc\\passwd",
	"..%5c..%5cetc%5cpasswd",
	"%00",
	"x%00.jpg",
	"%c0%ae%c0%ae/etc/passwd",
	"/etc/passwd",
	"file:///etc/passwd",
	"keys/root.key",
	"dianmao.db",
];

/** Nothing of a password file, a key file or a database. */
const isHarmless = (text: string): boolean => !/root:.*:0:0:|SQLite format 3|^[0-9a-f]{64}\s*$/.test(text);

describe("assets", () => {
	const known = kioskAssets().urls[0]!;
	for (const climb of CLIMBS)
		test(climb, () => {
			const folder = known.slice(0, known.lastIndexOf("/"));
			for (const path of [`/assets/${climb}`, `${folder}/${climb}`, `${known}/${climb}`, `/${climb}`])
				expect(assetResponse(path, new Request("https://localhost/"))).toBeUndefined();
		});

	test("a known one is served", () =>
		expect(assetResponse(known, new Request("https://localhost/"))?.status).toBe(200));
});

describe("routes with a parameter", () => {
	const routes = Object.keys(ACCESS).filter((rule) => rule.startsWith("GET ") && rule.includes(":"));
	for (const rule of routes)
		test(rule, async () => {
			for (const climb of CLIMBS) {
				const path = rule.slice(4).replaceAll(/:\w+/g, climb.replace(/^\/+/, ""));
				const response = await owner.send(path);
				const text = await response.text();
				expect([path, response.status < 500, isHarmless(text)]).toEqual([path, true, true]);
			}
		});
});

describe("names of downloads", () => {
	test("are the box's own, whatever site and people are called", async () => {
		const name = '../../x\r\nSet-Cookie: a=b";/etc';
		must(await box.services.site.save({ name, zone: "Asia/Shanghai", lang: "en" }, BOX));
		for (const path of ["/days.csv", "/days.xlsx", "/people/export"]) {
			const response = await owner.send(path);
			expect([path, response.status]).toEqual([path, 200]);
			expect(response.headers.has("set-cookie")).toBe(false);
			const disposition = response.headers.get("content-disposition") ?? "";
			expect(disposition).toStartWith("attachment");
			expect(disposition.replace("UTF-8''", "")).not.toMatch(/[/\\\r\n]|%2f|%5c|%0[ad]/i);
		}
	});
});
