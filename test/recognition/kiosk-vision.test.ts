/** The page's eyes in a real Chromium: camera clip → probe, checked against the server's own view of the evidence. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VisionEvent } from "../../kiosk/app/vision-port.ts";
import { fromBase64, unpackFloats } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import { decodePixels } from "../../server/recogniser/decode.ts";
import { makeFaceEngine } from "../../server/recogniser/face-engine.ts";
import { distance } from "../../server/recognition/descriptor.ts";
import { FACE_API_RECOGNISER, recogniserTag } from "../../server/recognition/model.ts";
import { looksTampered } from "../../server/recognition/verify.ts";
import { swayingClip, viewAround } from "./camera-clip.ts";
import { sample } from "./pictures.ts";
import { chromiumPath, openVision, type VisionRig } from "./vision-rig.ts";

const browser = chromiumPath();
if (!browser) console.log("kiosk-vision: skipped, no Chromium here (apt-get install chromium)");
const is =
	<K extends VisionEvent["kind"]>(kind: K) =>
	(event: VisionEvent): event is Extract<VisionEvent, { kind: K }> =>
		event.kind === kind;

const folder = mkdtempSync(join(tmpdir(), "vision-"));
const engine = makeFaceEngine();
let rig: VisionRig;

/** A clip of the biggest face of a sample photo; `share`: how much of the height the face fills. */
async function clipOf(number: number, share: number): Promise<string> {
	const photo = must(await engine.describePhoto(await sample(number)));
	const frontal = [...photo.faces].sort(
		(a, b) => Math.abs(a.measures.pose.yawProxy) - Math.abs(b.measures.pose.yawProxy),
	);
	const view = viewAround(frontal[0]!.measures.box, share);
	const path = join(folder, `${number}-${share}.mjpeg`);
	await Bun.write(path, await swayingClip(await decodePixels(photo.jpeg), view));
	return path;
}

beforeAll(async () => {
	if (browser) rig = await openVision(await clipOf(6, 0.5));
}, 60_000);
afterAll(async () => {
	await rig?.close();
	engine.stop();
	rmSync(folder, { recursive: true });
});

describe.skipIf(!browser)("one person before the camera", () => {
	test("camera opens, nets load under the content policy, the backend is measured", async () => {
		const { backend, frameMs } = await rig.until(is("measured"));
		console.log(`one frame in this browser: ${frameMs} ms (${backend})`);
		expect(backend).toBe("wasm");
		expect(frameMs).toBeGreaterThan(1);
		expect((await rig.said()).some(({ event }) => event.kind === "camera" && event.state === "ok")).toBe(
			true,
		);
		expect(rig.complaints).toEqual([]);
	}, 60_000);

	test("nothing is looked for before the page asks", async () => {
		expect((await rig.said()).some(({ event }) => event.kind === "face" || event.kind === "probe")).toBe(
			false,
		);
	});

	test("three agreeing frames become a probe that the server confirms from the evidence", async () => {
		await rig.setMode({ kind: "punch", framesNeeded: 3 });
		const { face, virtualCamera } = await rig.until(is("probe"));
		await rig.setMode({ kind: "off" });
		expect(face).toMatchObject({ frames: 3, modelId: recogniserTag(FACE_API_RECOGNISER) });
		expect(virtualCamera).toBe(false);
		expect(face.quality.faceWidthPx).toBeGreaterThan(80);
		const own = must(await engine.describePhoto(fromBase64(face.jpeg), { search: "one" }));
		expect([own.width, own.height]).toEqual([640, 480]);
		const kiosk = unpackFloats(fromBase64(face.descriptor));
		const apart = distance(kiosk, own.faces[0]!.descriptor);
		console.log(`kiosk against server: ${apart.toFixed(3)}`);
		expect(looksTampered(kiosk, own.faces[0]!.descriptor, FACE_API_RECOGNISER.thresholds)).toBe(false);
	}, 60_000);

	test("after `off` nothing more is said of the face", async () => {
		await Bun.sleep(400);
		const before = (await rig.said()).length;
		await Bun.sleep(600);
		expect((await rig.said()).length).toBe(before);
	}, 10_000);

	test("enrolment: a picture leaves the page, no descriptor does; the other side asks to turn", async () => {
		await rig.setMode({ kind: "enrol", pose: "right" });
		await rig.until((e): e is VisionEvent => e.kind === "face" && e.advice !== "ok");
		await rig.setMode({ kind: "enrol", pose: "front" });
		const shot = await rig.until((e): e is Extract<VisionEvent, { kind: "shot" }> => e.kind === "shot");
		expect(Object.keys(shot).sort()).toEqual(["jpeg", "kind", "pose"]);
		expect(must(await engine.describePhoto(fromBase64(shot.jpeg))).faces.length).toBe(1);
	}, 60_000);
});

describe.skipIf(!browser)("trouble", () => {
	test("a refused camera is said, not swallowed", async () => {
		const refused = await openVision();
		const trouble = await refused.until(
			(e): e is Extract<VisionEvent, { kind: "camera" }> => e.kind === "camera" && e.state !== "starting",
		);
		expect(["denied", "lost"]).toContain(trouble.state);
		await refused.close();
	}, 60_000);

	test("a picture that stands still is frozen within three seconds", async () => {
		const photo = must(await engine.describePhoto(await sample(6)));
		const still = join(folder, "still.mjpeg");
		const view = viewAround(photo.faces[0]!.measures.box, 0.5);
		await Bun.write(still, await swayingClip(await decodePixels(photo.jpeg), view, 1, 0));
		const frozen = await openVision(still);
		await frozen.until(is("measured"));
		await frozen.setMode({ kind: "punch", framesNeeded: 3 });
		const startedMs = performance.now();
		await frozen.until((e): e is VisionEvent => e.kind === "camera" && e.state === "frozen");
		expect(performance.now() - startedMs).toBeLessThan(4_000);
		await frozen.close();
	}, 60_000);
});
