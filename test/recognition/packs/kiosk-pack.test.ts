/** A door page that describes with a pack, in a real Chromium: the box must find the same numbers in the evidence picture. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VisionEvent } from "../../../kiosk/app/vision-port.ts";
import { fromBase64, unpackFloats } from "../../../server/base/bytes.ts";
import { must } from "../../../server/base/result.ts";
import type { FacePack } from "../../../server/packs/face-pack.ts";
import { PACK_FILES, packFolderUrl } from "../../../server/protocol/face-pack.ts";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import { makeFaceEngine } from "../../../server/recogniser/face-engine.ts";
import { distance } from "../../../server/recognition/descriptor.ts";
import { looksTampered } from "../../../server/recognition/verify.ts";
import { referencePack } from "../../support/reference-pack.ts";
import { toyPack } from "../../support/toy-pack.ts";
import { swayingClip, viewAround } from "../camera-clip.ts";
import { sample } from "../pictures.ts";
import { chromiumPath, type ExtraFiles, openVision } from "../vision-rig.ts";

const browser = chromiumPath();
const real = referencePack();
const packs = [toyPack(), ...(real ? [real] : [])];
const engine = makeFaceEngine({ packs, idleStopMs: 0 });
const folder = mkdtempSync(join(tmpdir(), "pack-vision-"));
const clip = join(folder, "one.mjpeg");
type Probe = Extract<VisionEvent, { kind: "probe" }>;
const isProbe = (event: VisionEvent): event is Probe => event.kind === "probe";

const filesOf = (pack: FacePack, weights = pack.weights): ExtraFiles => ({
	[`${packFolderUrl(pack.id)}/${PACK_FILES.manifest}`]: pack.manifestBytes,
	[`${packFolderUrl(pack.id)}/${PACK_FILES.model}`]: pack.model,
	[`${packFolderUrl(pack.id)}/${PACK_FILES.weights}`]: weights,
});
const newsOf = ({ tag, id }: FacePack) => ({ tag, folder: packFolderUrl(id) });

beforeAll(async () => {
	if (!browser) return;
	const photo = must(await engine.describePhoto(await sample(6)));
	const faces = [...photo.faces].sort(
		(a, b) => Math.abs(a.measures.pose.yawProxy) - Math.abs(b.measures.pose.yawProxy),
	);
	const view = viewAround(faces[0]!.measures.box, 0.5);
	await Bun.write(clip, await swayingClip(await decodePixels(photo.jpeg), view));
}, 60_000);
afterAll(() => {
	engine.stop();
	rmSync(folder, { recursive: true });
});

describe.skipIf(!browser)("a door with a pack", () => {
	test.each(packs.map((pack) => [pack.manifest.name, pack] as const))(
		"%s: kiosk and box agree about the picture",
		async (name, pack) => {
			const rig = await openVision(clip, filesOf(pack));
			await rig.useNet(newsOf(pack));
			await rig.setMode({ kind: "punch", framesNeeded: 3 });
			const { face } = await rig.until(isProbe);
			await rig.setMode({ kind: "off" });
			expect(face.modelId).toBe(pack.tag);
			const kiosk = unpackFloats(fromBase64(face.descriptor));
			expect(kiosk.length).toBe(pack.recogniser.descriptorLength);
			expect(Math.hypot(...kiosk)).toBeCloseTo(1, 4);
			const looked = await engine.describePhoto(fromBase64(face.jpeg), { search: "one", nets: [pack.tag] });
			const own = must(looked).faces[0]!.descriptor;
			console.log(`${name}, kiosk against box: ${distance(kiosk, own).toFixed(3)}`);
			expect(looksTampered(kiosk, own, pack.recogniser.thresholds)).toBe(false);
			expect(rig.complaints).toEqual([]);
			await rig.close();
		},
		60_000,
	);

	test("spoilt weights are never used: nothing is looked for, and going back to the built-in net helps", async () => {
		const pack = packs[0]!;
		const spoilt = pack.weights.slice();
		spoilt[7]! ^= 1;
		const rig = await openVision(clip, filesOf(pack, spoilt));
		await rig.useNet(newsOf(pack));
		await rig.setMode({ kind: "punch", framesNeeded: 3 });
		await rig.until((event): event is VisionEvent => event.kind === "measured");
		await Bun.sleep(1_500);
		expect((await rig.said()).some(({ event }) => event.kind === "face" || isProbe(event))).toBe(false);
		await rig.useNet(undefined);
		expect((await rig.until(isProbe)).face.modelId).toBe("face-api-resnet@1.7.15/6.4MB#a1");
		await rig.close();
	}, 60_000);
});
