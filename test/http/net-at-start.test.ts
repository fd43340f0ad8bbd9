/** What a box makes of the chosen pack when it starts, and what it says of nets on its pages. */
import { afterAll, afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditActions } from "../../db/audit.ts";
import { writeSetting } from "../../db/setting.ts";
import { must } from "../../server/base/result.ts";
import { makePackStore } from "../../server/packs/pack-store.ts";
import { makeFaceEngine } from "../../server/recogniser/face-engine.ts";
import { FACE_API_RECOGNISER } from "../../server/recognition/model.ts";
import { makeFaceNets } from "../../server/services/face-nets.ts";
import { BUILT_IN, NET_SETTING } from "../../server/services/net-choice.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import { signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";
import { toyPack } from "../support/toy-pack.ts";

const pack = toyPack();
const packFolder = mkdtempSync(join(tmpdir(), "packs-"));
let box: TestBox;

beforeEach(async () => {
	box = await makeTestBox({ packFolder });
	makePackStore(packFolder).save(pack);
	const choice = { netId: pack.id, previous: BUILT_IN, changedMs: 1 };
	await box.services.store.commit((tx) => writeSetting(tx, NET_SETTING, choice, 1));
});
afterEach(() => box.close());
afterAll(() => rmSync(packFolder, { recursive: true }));

/** As the composition does it at the start. */
function started() {
	const faults: unknown[] = [];
	const engine = makeFaceEngine();
	const packs = makePackStore(packFolder);
	const nets = makeFaceNets({ ...box.services, packs, engine, onError: (error) => faults.push(error) });
	return { nets, engine, faults };
}

test("the chosen pack is in force before the first photo, without a Worker", () => {
	const { nets, engine, faults } = started();
	expect(engine.recogniser.modelId).toBe("toy-1");
	expect(engine.status().state).toBe("off");
	expect(nets.packInForce()?.id).toBe(pack.id);
	expect(faults).toEqual([]);
});

test("a pack that rotted is told of, and the built-in net stands in until another switch", () => {
	writeFileSync(join(packFolder, pack.id, "model.json"), "{}");
	const { nets, engine, faults } = started();
	expect(engine.recogniser).toBe(FACE_API_RECOGNISER);
	expect(nets.packInForce()).toBeUndefined();
	expect(nets.fault()).toMatchObject({ code: "packs.checksum" });
	expect(faults).toHaveLength(1);
});

test("the first run recommends a stronger net, and says so when one is in use", async () => {
	const owner = await signInAs(box, "owner");
	await box.staff();
	await box.services.firstRun.keepRecoveryCodes();
	const ready = async () => (await owner.send("/setup/ready")).text();
	expect(await ready()).toContain("A stronger net is in use");
	await box.services.store.commit((tx) =>
		writeSetting(tx, NET_SETTING, { netId: BUILT_IN, changedMs: 2 }, 2),
	);
	expect(await ready()).toContain("Recommended before you enrol faces");
	expect(await (await owner.send("/settings")).text()).toContain('href="/settings/net"');
});

test("every act about nets has words in the audit, and is sealed", async () => {
	const { faceNets, netSwitching, store } = box.services;
	await store.commit((tx) => writeSetting(tx, NET_SETTING, { netId: BUILT_IN, changedMs: 0 }, 2));
	const other = toyPack(2);
	must(await faceNets.keep(other, "zip", BOX));
	must(await netSwitching.start(other.id, "switch", BOX));
	await netSwitching.settled();
	must(await faceNets.forgetOthers(BOX));
	must(await netSwitching.start(BUILT_IN, "switch", BOX));
	await netSwitching.settled();
	must(await faceNets.remove(other.id, BOX));
	const acts = auditActions(store).filter((action) => action.startsWith("face-net."));
	expect(acts.toSorted()).toEqual(
		["import", "prepare", "switch", "forget", "remove"].map((act) => `face-net.${act}`).toSorted(),
	);
	expect(acts.filter((action) => !isMessageKey(`audit.act.${action}`))).toEqual([]);
	const owner = await signInAs(box, "owner");
	const html = await (await owner.send("/audit")).text();
	for (const word of ["Switched the recognition net", "Toy net 2", "Zip file"]) expect(html).toContain(word);
}, 60_000);
