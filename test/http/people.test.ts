/** The staff pages through the routes: who may see and change what, hostile text, cards, PINs, import and export. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Role } from "../../db/account.ts";
import { listAudit } from "../../db/audit.ts";
import { cardsOf } from "../../db/card.ts";
import { employeeByNumber, insertEmployee } from "../../db/employee.ts";
import { leavesFrom } from "../../db/ledger.ts";
import { pinHash } from "../../db/pin.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { readSheet } from "../../server/sheets/read-sheet.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let shop: Awaited<ReturnType<TestBox["staff"]>>;
let hr: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	shop = await box.staff();
	hr = await signInAs(box, "hr");
});
afterEach(() => box.close());

const idOf = (key: string) => shop.people.get(key)!;
const form = (values: Record<string, string>): RequestInit => ({
	method: "POST",
	body: new URLSearchParams(values),
});
const post = (path: string, values: Record<string, string> = {}) => hr.send(path, form(values));
const text = async (path: string, who = hr) => (await who.send(path)).text();
const location = (response: Response) => response.headers.get("location");

/** Every element with the names of its attributes, and all text and values, as a browser's parser sees them. */
async function parse(html: string): Promise<{ elements: string[]; spoken: string }> {
	const elements: string[] = [];
	let spoken = "";
	const collect = new HTMLRewriter().on("*", {
		element(one) {
			const attributes = [...one.attributes];
			elements.push([one.tagName, ...attributes.map(([name]) => name)].join(" "));
			spoken += attributes.map(([, value]) => `${plain(value)}\n`).join("");
		},
		text(chunk) {
			spoken += plain(chunk.text);
		},
	});
	await collect.transform(new Response(html)).text();
	return { elements, spoken };
}
const plain = (html: string): string =>
	html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

const newPerson = { number: "9001", name: "Wu Kong", departmentId: "", shiftId: "", joinedOn: "2026-11-02" };

describe("who may what", () => {
	const rows: [Role, string, string, number][] = [
		["auditor", "GET", "/people", 200],
		["auditor", "GET", "/people/new", 403],
		["auditor", "POST", "/people/new", 403],
		["auditor", "GET", "/people/export", 200],
		["auditor", "GET", "/people/import", 403],
		["manager", "GET", "/people", 200],
		["manager", "GET", "/people/export", 403],
		["manager", "POST", "/people/PERSON/pin/draw", 403],
		["manager", "GET", "/people/OUTSIDER", 404],
		["manager", "GET", "/people/PERSON", 200],
		["auditor", "POST", "/people/PERSON/cards", 403],
		["hr", "GET", "/people/PERSON/edit", 200],
		["hr", "GET", "/people/nobody", 404],
		["hr", "GET", "/people/departments", 200],
		["hr", "GET", "/people/shifts", 200],
		["hr", "GET", "/people/import", 200],
	];
	test.each(rows)("%s %s %s: %d", async (role, method, path, status) => {
		const who = await signInAs(box, role, role === "manager" ? [shop.departments.get("kitchen")!] : []);
		const real = path.replace("PERSON", idOf("tang-guo")).replace("OUTSIDER", idOf("su-xiaoman"));
		expect((await who.send(real, method === "POST" ? form(newPerson) : {})).status).toBe(status);
	});

	test("a manager's list holds the own departments and those below, and no buttons", async () => {
		const manager = await signInAs(box, "manager", [shop.departments.get("kitchen")!]);
		const page = await text("/people", manager);
		expect(page).toContain(person("tang-guo").name);
		expect(page).not.toContain(person("su-xiaoman").name);
		expect(page).not.toContain("/people/new");
		const other = await text(`/people?department=${shop.departments.get("hall")}`, manager);
		expect(other).not.toContain(person("su-xiaoman").name);
	});

	test("the list is a look at everybody, and is listed as one", async () => {
		const auditor = await signInAs(box, "auditor");
		await auditor.send("/people");
		const [look] = listAudit(box.services.store, { action: "reports.look", limit: 1 });
		expect(look).toMatchObject({ objectId: "staff", actorId: auditor.accountId });
	});

	test("a look at a person is noted, with who and whom", async () => {
		const auditor = await signInAs(box, "auditor");
		await text(`/people/${idOf("su-xiaoman")}`, auditor);
		const [look] = listAudit(box.services.store, { objectId: idOf("su-xiaoman"), limit: 1 });
		expect(look).toMatchObject({ action: "people.look", actorId: auditor.accountId, seq: null });
	});
});

describe("people", () => {
	test("are added, changed, leave and come back", async () => {
		const added = await post("/people/new", newPerson);
		const { id } = employeeByNumber(box.services.store, "9001")!;
		expect(location(added)).toBe(`/people/${id}`);
		await post(`/people/${id}/edit`, { ...newPerson, name: "Wu Jing" });
		expect(await text(`/people/${id}`)).toContain("Wu Jing");
		await post(`/people/${id}/leave`, { leftOn: "2026-11-03" });
		expect(employeeByNumber(box.services.store, "9001")?.leftOn).toBe("2026-11-03");
		const early = await post(`/people/${id}/leave`, { leftOn: "2020-01-01" });
		expect([early.status, await early.text()]).toEqual([
			422,
			expect.stringContaining("lies before the first"),
		]);
		await post(`/people/${id}/rejoin`, { joinedOn: "2026-11-02" });
		expect(employeeByNumber(box.services.store, "9001")?.leftOn).toBeNull();
	});

	test("a taken number names its holder and keeps what was typed", async () => {
		const response = await post("/people/new", { ...newPerson, number: "1001" });
		const page = await response.text();
		expect(response.status).toBe(409);
		expect(page).toContain(`${person("lin-wanqing").name} has this number`);
		expect(page).toContain('value="Wu Kong"');
	});

	test.each([
		"<script>window.__xss=1</script>",
		'"><img src=x onerror=alert(1)>',
		"=HYPERLINK(1)",
		"{{7*7}}",
		"' hx-on:click=alert(1) x='",
	])("a name like %s is only text, on every page", async (name) => {
		await post("/people/new", { ...newPerson, name });
		const { id } = employeeByNumber(box.services.store, "9001")!;
		for (const path of ["/people?text=9001", `/people/${id}`, `/people/${id}/edit`]) {
			const { elements, spoken } = await parse(await text(path));
			expect(elements.filter((one) => /^(img|iframe)$| (on|hx-on)/.test(one))).toEqual([]);
			expect(elements.filter((one) => one.startsWith("script") && !one.includes("src"))).toEqual([]);
			expect(spoken).toContain(name);
		}
	});

	test("ten thousand are paged, searched and counted quickly", async () => {
		await box.services.store.commit((tx) => {
			for (let i = 0; i < 10_000; i++)
				insertEmployee(tx, {
					id: `bulk-${i}`,
					number: `B${i}`,
					name: `Bulk ${i}`,
					departmentId: null,
					shiftId: null,
					joinedOn: "2026-01-01",
					leftOn: null,
					createdMs: 0,
					changedMs: 0,
				});
		});
		const last = await text("/people?page=99999");
		expect(last).toContain("Bulk 9999");
		expect(last).toContain("10,029 rows");
		expect(await text("/people?text=Bulk+777")).toContain("Bulk 7777");
		expect(await text("/people?text=%25%25%25")).toContain("Nobody matches");
	});
});

describe("cards and PINs", () => {
	test("a card is added, refused to a second person by name, and ended", async () => {
		const path = `/people/${idOf("xiang-yang")}`;
		expect(location(await post(`${path}/cards`, { card: "abcd1234" }))).toBe(path);
		const refused = await post(`${path}/cards`, { card: person("lin-wanqing").card! });
		expect(await refused.text()).toContain(`${person("lin-wanqing").name} (1001) uses this card`);
		const [card] = cardsOf(box.services.store, idOf("xiang-yang"));
		const foreign = await post(`/people/${idOf("tang-guo")}/cards/end`, { cardId: card!.id });
		expect(foreign.status).toBe(404);
		await post(`${path}/cards/end`, { cardId: card!.id });
		expect(cardsOf(box.services.store, idOf("xiang-yang"))[0]!.endedMs).not.toBeNull();
	});

	test("tap to learn: the card tapped at the kiosk is bound and the page says so", async () => {
		const kiosk = await box.kiosk("Front door");
		const path = `/people/${idOf("xiang-yang")}/cards/learn`;
		await post(path, { kioskId: kiosk.id });
		const poll = () => hr.send(path, { headers: { "hx-request": "true" } });
		expect(await (await poll()).text()).toContain("Tap the card at Front door now");
		expect(await box.services.cardLearning.offer(kiosk.id, "fresh card")).toBe("learned");
		const after = await poll();
		expect(after.headers.get("hx-refresh")).toBe("true");
		expect(cardsOf(box.services.store, idOf("xiang-yang"))).toHaveLength(1);
	});

	test("a drawn PIN is shown once", async () => {
		const path = `/people/${idOf("ye-zi")}`;
		const shown = /id="drawn-pin">(\d{6})</.exec(await (await post(`${path}/pin/draw`)).text())?.[1];
		expect(shown).toBeDefined();
		expect(await text(path)).not.toContain(shown!);
		expect((await box.services.pins.verifyPin(idOf("ye-zi"), shown!)).ok).toBe(true);
		await post(`${path}/pin/remove`);
		expect(pinHash(box.services.store, idOf("ye-zi"))).toBeNull();
		expect(await (await post(`${path}/pin`, { pin: "123456" })).text()).toContain("Too easy to guess");
	});
});

describe("departments and shifts", () => {
	test("are added, changed and removed when unused", async () => {
		await post("/people/departments/new", {
			name: "Cellar",
			parentId: shop.departments.get("kitchen")!,
			shiftId: "",
		});
		expect(await text("/people/departments")).toContain("Cellar");
		const busy = await post(`/people/departments/${shop.departments.get("kitchen")}/remove`);
		expect([busy.status, await busy.text()]).toEqual([409, expect.stringContaining("Move them first")]);
		const body = new URLSearchParams({
			name: "Split",
			start: "22:00",
			end: "06:00",
			graceInMin: "5",
			graceOutMin: "0",
			breakMin: "30",
		});
		body.append("weekdays", "0");
		body.append("weekdays", "5");
		await hr.send("/people/shifts/new", { method: "POST", body });
		const page = await text("/people/shifts");
		expect(page).toContain("22:00–06:00 next day");
		expect(page).toContain("Mon, Sat");
		const wrong = await post("/people/shifts/new", {
			name: "x",
			start: "9",
			end: "18:00",
			graceInMin: "-1",
			graceOutMin: "0",
			breakMin: "0",
		});
		expect(await wrong.text()).toContain("A time like 08:30");
	});
});

describe("import and export", () => {
	async function upload(name: string, content: BlobPart): Promise<string> {
		const body = new FormData();
		body.set("file", new File([content], name));
		const response = await hr.send("/people/import", { method: "POST", body });
		const path = location(response);
		if (!path) return response.text();
		for (;;) {
			const page = await text(path);
			if (!page.includes('hx-trigger="every')) return page;
			await Bun.sleep(5);
		}
	}

	test("the template is recognised, checked and carried out", async () => {
		const template = await hr.send("/people/import/template?format=xlsx");
		expect(template.headers.get("content-disposition")).toContain("Staff%20list.xlsx");
		const page = await upload("list.xlsx", await template.arrayBuffer());
		expect(page).toContain("2 new, 0 changed, 0 as before");
		const job = /import\/([0-9a-f-]{36})\/confirm/.exec(page)![1]!;
		const other = await signInAs(box, "owner");
		expect((await other.send(`/people/import/${job}`)).status).toBe(404);
		const begun = location(await post(`/people/import/${job}/confirm`))!;
		expect(await text("/people/import")).toContain("Punches go on meanwhile");
		await box.services.peopleImport.settled();
		expect(await text(begun)).toContain("2 new");
		expect(await text("/people/import")).not.toContain("Punches go on meanwhile");
		expect(employeeByNumber(box.services.store, "E002")?.name).toBe("Ben Example");
	});

	test("mistakes are told by row; hostile files are refused", async () => {
		expect(await upload("a.csv", "Number,Name\n1,<script>x</script>\n1,Two")).toContain(
			"The same number stands in row 2",
		);
		expect(await upload("../../etc/passwd.xls", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toContain(
			"old .xls format",
		);
		expect(await upload("a.csv", "")).toContain("Choose a file");
	});

	test("the export comes back unchanged and is sealed", async () => {
		const file = await hr.send("/people/export?status=all");
		const bytes = await file.bytes();
		expect(must(await readSheet(bytes))).toHaveLength(31);
		expect(await upload("staff.xlsx", bytes)).toContain("Everything in this list is already so");
		const csv = await (await hr.send("/people/export?status=all&format=csv")).arrayBuffer();
		expect(await upload("staff.csv", csv)).toContain("Everything in this list is already so");
		const exports = leavesFrom(box.services.store, 0, 10_000).filter((leaf) => leaf.type === "export");
		expect(exports).toHaveLength(2);
	});
});
