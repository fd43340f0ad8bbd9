/** Nets tried, switched to and gone back from. Real photos, a made-up net. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { listAudit } from "../../db/audit.ts";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import { writeSetting } from "../../db/setting.ts";
import { templatesInForce } from "../../db/template.ts";
import { packFloats, toBase64 } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import { FACE_API_RECOGNISER, recogniserTag } from "../../server/recognition/model.ts";
import { BUILT_IN, NET_JOB_SETTING, netChoice } from "../../server/services/net-choice.ts";
import { enrolBench, form } from "../support/enrol-bench.ts";
import { portrait } from "../support/portraits.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX } from "../support/test-box.ts";
import { toyPack } from "../support/toy-pack.ts";

const { at, enrol } = enrolBench();
const builtInTag = recogniserTag(FACE_API_RECOGNISER);
const pack = toyPack();
let owner: SignedIn;

beforeEach(async () => {
	owner = await signInAs(at.box, "owner");
});
afterEach(() => {
	at.box.services.engine.dropPack(pack.tag);
	at.box.services.engine.use(builtInTag);
});

const post = (what: string, values: Record<string, string> = {}) =>
	owner.send(`/settings/net/${what}`, form(values));
const text = async () => (await owner.send("/settings/net")).text();
const settled = () => at.box.services.netSwitching.settled();
const templates = (who: string, tag: string) => templatesInForce(at.box.services.store, tag, who).length;
const start = (goal: "compare" | "switch", net = pack.id) =>
	at.box.services.netSwitching.start(net, goal, BOX);

describe("trying and switching", () => {
	beforeEach(async () => {
		await enrol(at.lin, "ada");
		await enrol(at.other, "cleo");
		must(await at.box.services.faceNets.keep(pack, "zip", BOX));
	});

	/** What a kiosk with that net sends. */
	async function probe(sitter: "ada" | "cleo", tag: string) {
		const jpeg = await portrait(sitter, 4);
		const looked = must(await at.box.services.engine.describePhoto(jpeg, { nets: [tag] }));
		const descriptor = toBase64(packFloats(looked.faces[0]!.descriptor));
		return { modelId: tag, descriptor, frames: 3, jpeg: toBase64(jpeg), quality: {}, cameraLabel: "test" };
	}

	test("a comparison makes templates of both nets and switches nothing", async () => {
		expect((await post("compare", { net: pack.id })).status).toBe(303);
		await settled();
		expect([templates(at.lin, builtInTag), templates(at.lin, pack.tag)]).toEqual([3, 3]);
		const html = await text();
		expect(html).toContain("Both nets on your people");
		expect(html).toContain("Too few people");
		expect(html).toContain("2 people, 6 photos");
		expect(netChoice(at.box.services.store).netId).toBe(BUILT_IN);
	});

	test("a switch puts gallery, engine and door on the new net; one press leads back", async () => {
		const door = await at.box.kiosk();
		must(await start("switch"));
		await settled();
		const { faces, engine, faceNets, describeKiosk, store } = at.box.services;
		expect(recogniserTag(engine.recogniser)).toBe(pack.tag);
		expect(faces.recogniser.modelId).toBe("toy-1");
		expect(faces.people).toBe(2);
		expect(describeKiosk().faceNet).toEqual({ tag: pack.tag, folder: `/face-packs/${pack.id}` });
		const old = await door.punch({ kind: "face", face: await probe("ada", builtInTag) });
		expect(old).toMatchObject({ outcome: "refused", code: "kiosk.refused.model_changed" });
		const fresh = await probe("ada", pack.tag);
		expect(["accepted", "ambiguous", "unknown"]).toContain(
			(await door.punch({ kind: "face", face: fresh })).outcome,
		);
		must(await start("switch", BUILT_IN));
		await settled();
		expect(netChoice(store)).toMatchObject({ netId: BUILT_IN, previous: pack.id });
		expect(faceNets.packInForce()).toBeUndefined();
		expect(faces.people).toBe(2);
		const back = await door.punch({ kind: "face", face: await probe("ada", builtInTag) });
		expect(back.outcome).not.toBe("refused");
		const acts = listAudit(store, { limit: 20 }).map(({ action }) => action);
		expect(acts.filter((act) => act === "face-net.switch")).toHaveLength(2);
	});

	test("the pack's files are served while it is in force, and only then", async () => {
		const get = (file: string) => at.box.send(`/face-packs/${pack.id}/${file}`);
		expect((await get("weights.bin")).status).toBe(404);
		must(await start("switch"));
		await settled();
		const weights = await get("weights.bin");
		expect(weights.headers.get("cache-control")).toContain("immutable");
		expect(new Uint8Array(await weights.arrayBuffer())).toEqual(pack.weights);
		expect(await (await get("manifest.json")).json()).toMatchObject({ name: "Toy net 1" });
		expect((await get("LICENSE")).status).toBe(404);
	});

	test("an interrupted job goes on at the next start", async () => {
		const { store, netSwitching } = at.box.services;
		const job = { netId: pack.id, goal: "switch", state: "running", by: BOX, startedMs: 1, without: 0 };
		await store.commit((tx) => writeSetting(tx, NET_JOB_SETTING, job, 1));
		netSwitching.resume();
		await settled();
		expect(netChoice(store).netId).toBe(pack.id);
		expect(netSwitching.job()).toMatchObject({ state: "done", done: 6, total: 6 });
	});

	test("who is enrolled after the switch gets templates of the net in force, and of the old one on the way back", async () => {
		must(await start("switch"));
		await settled();
		const third = [...at.shop.people.values()][2]!;
		await enrol(third, "ben");
		expect([templates(third, builtInTag), templates(third, pack.tag)]).toEqual([0, 3]);
		must(await start("switch", BUILT_IN));
		await settled();
		expect(templates(third, builtInTag)).toBe(3);
		expect(at.box.services.faces.people).toBe(3);
	});

	test("a person whose photos cannot be used is asked about first", async () => {
		const { store, netSwitching, faces } = at.box.services;
		for (const { id } of photosOf(store, enrolmentOf(store, at.lin, "approved")!.id))
			store.sqlite.query("UPDATE enrolment_photo SET sealed = x'00' WHERE id = ?").run(id);
		must(await start("switch"));
		await settled();
		expect(netSwitching.job()).toMatchObject({ state: "waiting", without: 1 });
		expect(netChoice(store).netId).toBe(BUILT_IN);
		expect(await text()).toContain("1 person would not be recognised");
		const presses = await Promise.all([netSwitching.switchAnyway(BOX), netSwitching.switchAnyway(BOX)]);
		expect(presses).toMatchObject([{ ok: true }, { ok: false, error: { code: "packs.busy" } }]);
		expect(netChoice(store)).toMatchObject({ netId: pack.id, previous: BUILT_IN });
		expect(faces.people).toBe(1);
	});

	test("a net in use cannot be removed; afterwards its templates go with it", async () => {
		const { faceNets, store } = at.box.services;
		must(await start("switch"));
		await settled();
		expect(await faceNets.remove(pack.id, BOX)).toMatchObject({
			ok: false,
			error: { code: "packs.in_force" },
		});
		must(await start("switch", BUILT_IN));
		await settled();
		expect((await post("remove", { net: pack.id })).status).toBe(303);
		expect(templatesInForce(store, pack.tag)).toHaveLength(0);
		expect(existsSync(join(at.box.services.packs.inboxPath(), "..", pack.id))).toBe(false);
	});

	test("old templates go when the owner says so, never those in use", async () => {
		must(await start("switch"));
		await settled();
		expect((await post("forget")).status).toBe(303);
		expect([templates(at.lin, builtInTag), templates(at.lin, pack.tag)]).toEqual([0, 3]);
	});

	test("withdrawing consent takes the templates of every net", async () => {
		must(await start("compare"));
		await settled();
		await at.hr.send(`/people/${at.lin}/face/withdraw`, form({}));
		expect([templates(at.lin, builtInTag), templates(at.lin, pack.tag)]).toEqual([0, 0]);
	});
});
