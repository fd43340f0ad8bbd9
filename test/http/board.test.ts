/** The live board through its routes: who is counted where, what a manager sees, and how fast a change arrives. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { boardCounts, listBoard } from "../../db/board.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

let box: TestBox;
let shop: Awaited<ReturnType<TestBox["staff"]>>;
let kiosk: TestKiosk;
let owner: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	shop = await box.staff();
	kiosk = await box.kiosk();
	owner = await signInAs(box, "owner");
});
afterEach(async () => {
	box.services.streams.stop();
	await box.close();
});

const idOf = (key: string) => shop.people.get(key)!;
const punch = (key: string) => kiosk.punch({ kind: "card", card: person(key).card! });
const page = async (path: string, who = owner) => (await who.send(path)).text();
const counts = (minute = 480) => boardCounts(box.services.store, { today: "2026-11-02", minute });

/** Reads events until one of `name` comes; fails after a second. */
async function nextEvent(
	response: Response,
	name: string,
): Promise<{ html?: string; id?: string; atMs: number }> {
	const reader = response.body!.getReader();
	const decoder = new TextDecoder();
	const deadline = Bun.sleep(1_000).then(() => ({ value: undefined, done: true }));
	for (let text = ""; ; ) {
		const { value, done } = await Promise.race([reader.read(), deadline]);
		if (done || !value) throw new Error(`no ${name} within a second, but: ${text.slice(0, 500)}`);
		text += decoder.decode(value as Uint8Array, { stream: true });
		const found = text.split("\n\n").find((event) => event.startsWith(`event: ${name}\n`));
		if (found && text.includes(`${found}\n\n`))
			return { ...JSON.parse(found.slice(found.indexOf("data: ") + 6)), atMs: performance.now() };
	}
}

describe("where people are", () => {
	test("everybody employed is in exactly one state", () => {
		const { all, in: inside, out, missing, expected, off } = counts();
		expect(all).toBe(29);
		expect(inside + out + missing + expected + off).toBe(all);
	});

	test("a punch moves from due to in, the next one to out", async () => {
		const before = counts();
		await punch("lin-wanqing");
		expect(counts()).toMatchObject({ in: 1, expected: before.expected - 1 });
		box.clock.pass(5 * 60_000);
		await punch("lin-wanqing");
		expect(counts()).toMatchObject({ in: 0, out: 1 });
	});

	test("missing begins after the grace, not at the start", () => {
		const day = (minute: number) =>
			listBoard(box.services.store, {
				...{ today: "2026-11-02", minute, page: 0, pageSize: 1 },
				employeeId: idOf("lin-wanqing"),
			}).rows[0]!.state;
		expect([day(540), day(545), day(546)]).toEqual(["expected", "expected", "missing"]);
	});

	test("a night shift belongs to the evening it began until halfway to the next one", () => {
		const at = (minute: number) =>
			listBoard(box.services.store, {
				...{ today: "2026-11-02", minute, page: 0, pageSize: 1 },
				employeeId: idOf("ouyang-feng"),
			}).rows[0]!;
		expect(at(120)).toMatchObject({ workDate: "2026-11-01", state: "missing" });
		expect(at(900)).toMatchObject({ workDate: "2026-11-02", state: "expected" });
	});

	test("who has left is nowhere, who is late and doubtful has marks", async () => {
		box.clock.pass(90 * 60_000);
		const reply = await punch("lin-wanqing");
		if (reply.outcome !== "accepted") throw new Error(reply.outcome);
		expect(counts(570)).toMatchObject({ late: 1, doubtful: 0 });
		must(await box.services.notes.notMe(reply.punchId, crypto.randomUUID(), kiosk.id, ""));
		expect(counts(570)).toMatchObject({ late: 0, doubtful: 1, in: 0 });
	});
});

describe("the page", () => {
	test("filters, escapes and counts", async () => {
		await punch("lin-wanqing");
		expect(await page("/board?view=in")).toContain(person("lin-wanqing").name);
		expect(await page("/board?view=out")).not.toContain(person("lin-wanqing").name);
		expect(await page("/board?text=%3Cscript%3Ealert(1)%3C/script%3E")).not.toContain("<script>alert");
		expect(await page("/board/roll-call")).toContain(person("lin-wanqing").name);
	});

	test("a manager sees the own departments alone", async () => {
		const manager = await signInAs(box, "manager", [shop.departments.get("kitchen")!]);
		const html = await page("/board", manager);
		expect(html).toContain(person("zhao-tieshan").name);
		expect(html).not.toContain(person("su-xiaoman").name);
		expect(await page("/board/roll-call", manager)).not.toContain(person("su-xiaoman").name);
	});

	test("an empty box leads on: first people, then a kiosk", async () => {
		const empty = await makeTestBox();
		const boss = await signInAs(empty, "owner");
		expect(await page("/board", boss)).toContain("/people/import");
		await empty.staff();
		expect(await page("/board", boss)).toContain("/kiosks/new");
		await empty.close();
	});

	test("tells what waits, each with its link", async () => {
		must(await box.services.kiosks.makeCode({ name: "x", place: "", direction: "auto" }, BY));
		box.clock.pass(5 * 60_000);
		expect(await page("/board")).toContain("1 kiosk is out of contact");
	});
});

const BY = { actor: { kind: "account" as const, id: "boss" }, address: "" };

describe("the stream", () => {
	test("brings a punch as one row within a second", async () => {
		const stream = await owner.send("/board/stream");
		expect(stream.headers.get("content-type")).toStartWith("text/event-stream");
		const startedMs = performance.now();
		const [row] = await Promise.all([nextEvent(stream, "row"), punch("lin-wanqing")]);
		expect(row.html).toContain(person("lin-wanqing").name);
		expect(row.atMs - startedMs).toBeLessThan(1_000);
	});

	test("takes away who no longer matches the filter", async () => {
		const stream = await owner.send("/board/stream?view=expected");
		const [gone] = await Promise.all([nextEvent(stream, "gone"), punch("lin-wanqing")]);
		expect(gone.id).toBe(`person-${idOf("lin-wanqing")}`);
	});

	test("tells a manager nothing about other departments", async () => {
		const manager = await signInAs(box, "manager", [shop.departments.get("kitchen")!]);
		const stream = await manager.send("/board/stream");
		const seen = nextEvent(stream, "row").catch((error: Error) => error.message);
		await punch("su-xiaoman");
		expect(await seen).toStartWith("no row");
		expect(await seen).not.toContain(idOf("su-xiaoman"));
	});

	test("needs a session, and is bounded in number", async () => {
		expect((await box.send("/board/stream")).status).toBe(303);
		for (let i = 0; i < 200; i++) await owner.send("/board/stream");
		expect((await owner.send("/board/stream")).status).toBe(503);
		box.services.streams.stop();
		expect(box.services.streams.count()).toBe(0);
	});
});
