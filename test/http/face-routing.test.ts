/** When the face alone does not do, the box asks for card or PIN and compares with that one person: the punch stands at once and says how. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { listAudit } from "../../db/audit.ts";
import { doorDaysSince } from "../../db/door-day.ts";
import { punchById } from "../../db/punch.ts";
import { writeSetting } from "../../db/setting.ts";
import { insertLookalike, lookalikePairs } from "../../db/template.ts";
import { packFloats, toBase64 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import type { StaffedShop } from "../../server/demo/staff-shop.ts";
import { type FaceEvidence, KIOSK_ROUTES, type PunchReply } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { scatter, seededChance } from "../support/made-faces.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

const LENGTH = 128;
const lin = person("lin-wanqing");
let box: TestBox;
let shop: StaffedShop;
let kiosk: TestKiosk;
/** By key of the shop: the middle of a person's photos. */
let centres: Map<string, Float32Array>;

beforeEach(async () => {
	box = await makeTestBox();
	shop = await box.staff();
	kiosk = await box.kiosk();
	const next = seededChance(5);
	centres = new Map();
	for (const [key, id] of shop.people) {
		const centre = scatter(next, new Float32Array(LENGTH), 0.13);
		centres.set(key, centre);
		const photos = Array.from({ length: 3 }, () => scatter(next, centre, 0.055));
		box.services.faces.gallery.put(id, photos);
	}
	must(await box.services.pins.set(idOf(lin.key), "739184", BOX));
});
afterEach(async () => {
	await box.services.reverify.settled();
	await box.close();
});

const idOf = (key: string) => shop.people.get(key)!;

function evidence(probe: Float32Array, quality: Record<string, number> = {}): FaceEvidence {
	return {
		modelId: recogniserTag(box.services.faces.recogniser),
		descriptor: toBase64(packFloats(probe)),
		...{ frames: 3, jpeg: "A".repeat(200), cameraLabel: "Front", quality },
	};
}
const byFace = (probe: Float32Array, quality?: Record<string, number>) =>
	kiosk.punch({ kind: "face", face: evidence(probe, quality) });
const byPin = (probe: Float32Array) =>
	kiosk.punch({ kind: "pin", number: lin.number, pin: "739184", face: evidence(probe) });
const matchOf = (reply: PunchReply) => {
	if (reply.outcome !== "accepted") throw new Error(JSON.stringify(reply));
	return punchById(box.services.store, reply.punchId)!;
};

describe("a likely but not certain face", () => {
	/** Far from the own photos, farther from everybody else's. */
	const dim = () => scatter(seededChance(9), centres.get(lin.key)!, 0.14);

	test("is asked for card or PIN and told no reason", async () => {
		expect(await byFace(dim())).toEqual({ outcome: "ambiguous" });
	});

	test("with the PIN the punch stands; it keeps why the face alone did not do, and what 1:1 said", async () => {
		const row = matchOf(await byPin(dim()));
		expect(row).toMatchObject({
			method: "pin",
			doubts: ["face_doubtful"],
			match: { how: "pin", face: "doubtful", asked: "near_threshold" },
		});
	});

	test("a certain face with a PIN was not asked for it", async () => {
		const near = scatter(seededChance(9), centres.get(lin.key)!, 0.05);
		expect(matchOf(await byPin(near)).match).not.toHaveProperty("asked");
	});
});

describe("walking by", () => {
	const near = () => scatter(seededChance(9), centres.get(lin.key)!, 0.05);
	const pass = () => kiosk.punch({ kind: "face", face: evidence(near()), passing: true });

	test("within a minute of a punch writes nothing; of one that was disputed it is a punch", async () => {
		const first = matchOf(await pass());
		box.clock.pass(20_000);
		expect(matchOf(await pass()).id).toBe(first.id);
		await kiosk.call(KIOSK_ROUTES.notMe, { id: newId(box.clock.nowMs()), punchId: first.id });
		const own = matchOf(await pass());
		expect(own.id).not.toBe(first.id);
		box.clock.pass(20_000);
		expect(matchOf(await pass()).id).toBe(own.id);
	});
});

describe("people who look alike", () => {
	test("need a card even with a certain face, and are compared with the one person then", async () => {
		const near = scatter(seededChance(9), centres.get(lin.key)!, 0.05);
		expect((await byFace(near)).outcome).toBe("accepted");
		const other = [...shop.people.values()].find((id) => id !== idOf(lin.key))!;
		await box.services.store.commit((tx) => insertLookalike(tx, idOf(lin.key), other, 1));
		box.services.faces.refreshPairs();
		expect(await byFace(near)).toEqual({ outcome: "ambiguous" });
		const card = await kiosk.punch({ kind: "card", card: lin.card!, face: evidence(near) });
		expect(matchOf(card)).toMatchObject({
			method: "card",
			doubts: [],
			match: { how: "card", face: "accept", asked: "needs_card" },
		});
	});

	test("are found by measuring, sealed, and in force at once", async () => {
		const next = seededChance(3);
		const twin = [...shop.people.values()].find((id) => id !== idOf(lin.key))!;
		const photos = Array.from({ length: 3 }, () => scatter(next, centres.get(lin.key)!, 0.05));
		box.services.faces.gallery.put(twin, photos);
		must(box.services.faceReport.start(BOX));
		await box.services.faceReport.idle();
		const ids = [idOf(lin.key), twin].sort();
		expect(lookalikePairs(box.services.store)).toMatchObject([{ firstId: ids[0], secondId: ids[1] }]);
		expect(await byFace(photos[0]!)).toEqual({ outcome: "ambiguous" });
		const acts = listAudit(box.services.store, { limit: 5 }).filter((row) => row.action === "faces.pairs");
		expect(acts).toHaveLength(1);
		expect(acts[0]!.seq).not.toBeNull();
	});
});

describe("the limit of the site", () => {
	const near = () => scatter(seededChance(9), centres.get(lin.key)!, 0.05);
	const measure = async (strangerSearches: number) => {
		must(box.services.faceReport.start(BOX));
		await box.services.faceReport.idle();
		const { store, faceReport } = box.services;
		const report = faceReport.latest()!;
		const traffic = { ...report.traffic, strangerSearches };
		await store.commit((tx) => writeSetting(tx, "face_report", { ...report, traffic }, 1));
		faceReport.forgetLimit();
	};

	test("predicted wrong names within what is allowed: nobody is asked more than before", async () => {
		await measure(1);
		expect(box.services.faceReport.siteLimit()).toBeUndefined();
		expect((await byFace(near())).outcome).toBe("accepted");
	});

	test("above it the same face is asked for card or PIN, until the owner allows more", async () => {
		await measure(1e300);
		expect(await byFace(near())).toEqual({ outcome: "ambiguous" });
		const row = matchOf(await byPin(near()));
		expect(row).toMatchObject({ doubts: [], match: { face: "accept", asked: "site_limit" } });
	});

	test("ends with the net it was measured with", async () => {
		await measure(1e300);
		const { faces, faceReport } = box.services;
		expect(faceReport.siteLimit()).toBeDefined();
		faces.use({ ...faces.recogniser, modelId: "another" });
		expect(faceReport.siteLimit()).toBeUndefined();
	});

	test("figures of another net say nothing about this one", async () => {
		await measure(1e300);
		const { store, faceReport } = box.services;
		await store.commit((tx) => writeSetting(tx, "face_report", { ...faceReport.latest()!, tag: "other" }, 1));
		faceReport.forgetLimit();
		expect(faceReport.siteLimit()).toBeUndefined();
	});
});

test("what the door sees is counted by day, without anybody's name", async () => {
	const quality = { luma: 100, clipped: 0.01, sideLight: 0.1, sharpness: 300 };
	await byFace(scatter(seededChance(9), centres.get(lin.key)!, 0.05), quality);
	await byFace(scatter(seededChance(1), new Float32Array(LENGTH).fill(0.5), 0.1), {
		...quality,
		luma: 9_999,
	});
	const sight = { looks: 50, dark: 20, bright: 0, glare: 1, sideLit: 0, blurry: 2, far: 3 };
	const hello = { camera: "ok", queued: 0, atMs: box.clock.nowMs(), version: "1" };
	await kiosk.call("/api/kiosk/hello", { ...hello, sight });
	await box.services.doorDays.flush();
	await kiosk.call("/api/kiosk/hello", { ...hello, sight });
	await box.services.doorDays.flush();
	const [row, ...more] = doorDaysSince(box.services.store, "2026-11-01");
	expect(more).toEqual([]);
	expect(row).toMatchObject({ kioskId: kiosk.id, day: "2026-11-02", unknown: 1, faces: 1, luma: 100 });
	expect(row!.sure + row!.marginal).toBe(1);
	expect(row).toMatchObject({ looks: 100, dark: 40, glare: 2, far: 6 });
});
