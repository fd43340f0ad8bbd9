/** The real face engine on real photos: who is found, who differs, and what happens to files that are no good. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { must } from "../../server/base/result.ts";
import { CLEAN_SIDE_PX, MAX_PHOTO_BYTES } from "../../server/recogniser/decode.ts";
import { makeFaceEngine } from "../../server/recogniser/face-engine.ts";
import { imageFormat } from "../../server/recogniser/image-format.ts";
import { distance } from "../../server/recognition/descriptor.ts";
import { FACE_API_RECOGNISER } from "../../server/recognition/model.ts";
import type { DescribedPhoto } from "../../server/recognition/photo-describer.ts";
import { claimSize, emptyRoom, jpegOf, painted, SAMPLE_FACES, sample, withExif } from "./pictures.ts";

const faults: string[] = [];
const engine = makeFaceEngine({ onFault: (reason) => faults.push(reason), jobTimeoutMs: 60_000 });
const photos: DescribedPhoto[] = [];

beforeAll(async () => {
	for (const [i] of SAMPLE_FACES.entries())
		photos.push(must(await engine.describePhoto(await sample(i + 1))));
}, 120_000);
afterAll(() => engine.stop());

const codeOf = async (bytes: Uint8Array) => {
	const result = await engine.describePhoto(bytes);
	return result.ok ? `${result.value.faces.length} faces` : result.error.code;
};

describe("sample photos", () => {
	test("every face is found, none is invented", () => {
		expect(photos.map((p) => p.faces.length)).toEqual(SAMPLE_FACES);
	});

	test("the backend is wasm, not the slow fallback", () => {
		expect(engine.status().backend).toMatch(/^(wasm|tensorflow)$/);
	});

	test("descriptors have the right length, and no two people pass for one", () => {
		const all = photos.flatMap((p) => p.faces.map((f) => f.descriptor));
		expect(all.every((d) => d.length === FACE_API_RECOGNISER.descriptorLength)).toBe(true);
		const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => distance(a, b))).sort((a, b) => a - b);
		// One pair, in sample 1 and 3, lies at 0.42: perhaps one model photographed twice. All others are far apart.
		expect(pairs[0]).toBeGreaterThan(FACE_API_RECOGNISER.thresholds.crowd[0]!.searchLimit);
		expect(pairs[1]).toBeGreaterThan(FACE_API_RECOGNISER.thresholds.ambiguous.value);
	});

	test("the stored picture gives the same descriptors again", async () => {
		const again = must(await engine.describePhoto(photos[0]!.jpeg));
		again.faces.forEach((face, i) => {
			expect(distance(face.descriptor, photos[0]!.faces[i]!.descriptor)).toBeLessThan(0.1);
		});
	});

	test("a small picture of a face is the same person: evidence against original", async () => {
		const small = await new Bun.Image(await sample(1)).resize(640, 427).jpeg({ quality: 60 }).bytes();
		const found = must(await engine.describePhoto(small, { search: "one", priority: "later" })).faces[0]!;
		const nearest = Math.min(...photos[0]!.faces.map((f) => distance(f.descriptor, found.descriptor)));
		expect(nearest).toBeLessThan(FACE_API_RECOGNISER.thresholds.tamper.value);
	});
});

describe("what is stored", () => {
	test("a clean JPEG within the size limit", () => {
		for (const { jpeg, width, height } of photos) {
			expect(imageFormat(jpeg)).toBe("jpeg");
			expect(Math.max(width, height)).toBeLessThanOrEqual(CLEAN_SIDE_PX);
		}
	});

	test("turned upright, without the camera's notes and without anything behind the end", async () => {
		const upright = painted(200, 120, (x) => (x < 100 ? [220, 30, 30] : [30, 30, 220]));
		const noted = withExif(await jpegOf(upright), 6, "GPS 31.2304 N");
		const tail = new TextEncoder().encode("<script>alert(1)</script>");
		const { jpeg, width, height } = must(await engine.describePhoto(Uint8Array.of(...noted, ...tail)));
		expect([width, height]).toEqual([120, 200]);
		const text = Buffer.from(jpeg).toString("latin1");
		expect(text).not.toContain("GPS");
		expect(text).not.toContain("Exif");
		expect(text).not.toContain("script");
	});
});

describe("files that are no good", () => {
	test("no face is an answer, not an error", async () => {
		expect(await codeOf(await emptyRoom())).toBe("0 faces");
	});

	test.each([0.2, 0.5, 0.9, 0.999])("%p of a JPEG", async (share) => {
		const whole = await sample(1);
		expect(await codeOf(whole.subarray(0, Math.floor(whole.length * share)))).toBe("photo.truncated");
	});

	test("a pixel flood is refused by its header, at once and without the memory", async () => {
		const flood = claimSize(await emptyRoom(), 30_000, 30_000);
		const startedMs = performance.now();
		expect(await codeOf(flood)).toBe("photo.too_large");
		expect(performance.now() - startedMs).toBeLessThan(2_000);
	});

	test.each([
		["nothing", new Uint8Array(0), "photo.not_an_image"],
		[
			"a web page",
			new TextEncoder().encode("<!doctype html><img src=x onerror=alert(1)>"),
			"photo.not_an_image",
		],
		[
			"a drawing",
			new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
			"photo.not_an_image",
		],
		["an iPhone's HEIC", new TextEncoder().encode("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "photo.heic"],
		["too many bytes", new Uint8Array(MAX_PHOTO_BYTES + 1), "photo.too_many_bytes"],
		[
			"a JPEG of rubbish",
			Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 4, 1, 2, 9, 9, 0xff, 0xd9),
			"photo.damaged",
		],
	])("%s", async (_, bytes, code) => {
		expect(await codeOf(bytes)).toBe(code);
	});

	test("a thumbnail", async () => {
		expect(await codeOf(await jpegOf(painted(90, 200, () => [90, 90, 90])))).toBe("photo.too_small");
	});

	test("none of them shook the Worker", () => {
		expect(faults).toEqual([]);
		expect(engine.status()).toMatchObject({ state: "ready", restarts: 0 });
	});
});
