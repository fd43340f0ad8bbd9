import { describe, expect, test } from "bun:test";
import { imageFormat, isComplete } from "./image-format.ts";

const text = (value: string) => Uint8Array.from(value, (c) => c.charCodeAt(0));
/** A grey 120 × 120 BMP: the simplest thing the encoder can start from. */
function bmp(): Uint8Array {
	const side = 120;
	const bytes = new Uint8Array(54 + side * side * 3).fill(140);
	const view = new DataView(bytes.buffer);
	bytes.set(text("BM"));
	for (const [at, value] of [
		[2, bytes.length],
		[6, 0],
		[10, 54],
		[14, 40],
		[18, side],
		[22, side],
		[30, 0],
		[34, 0],
		[38, 0],
		[42, 0],
		[46, 0],
		[50, 0],
	] as const)
		view.setUint32(at, value, true);
	view.setUint16(26, 1, true);
	view.setUint16(28, 24, true);
	return bytes;
}
const image = () => new Bun.Image(bmp());
const files = {
	jpeg: await image().jpeg().bytes(),
	progressive: await image().jpeg({ progressive: true }).bytes(),
	png: await image().png().bytes(),
	webp: await image().webp().bytes(),
};

test.each([
	["jpeg", files.jpeg],
	["png", files.png],
	["webp", files.webp],
	["heic", text("\0\0\0\x18ftypheic\0\0")],
	["heic", text("\0\0\0\x18ftypmif1\0\0")],
	["unknown", text("\0\0\0\x18ftypisom\0\0")],
	["unknown", text("<svg xmlns='http://www.w3.org/2000/svg'/>")],
	["unknown", text("<!doctype html><script>alert(1)</script>")],
	["unknown", text("GIF89a")],
	["unknown", new Uint8Array(0)],
] as const)("%s by its first bytes", (format, bytes) => {
	expect(imageFormat(bytes)).toBe(format);
});

describe("isComplete", () => {
	test.each([
		["jpeg", files.jpeg],
		["jpeg", files.progressive],
		["png", files.png],
		["webp", files.webp],
	] as const)("whole %s, with and without something behind it", (format, bytes) => {
		expect(isComplete(bytes, format)).toBe(true);
		expect(isComplete(Uint8Array.of(...bytes, 1, 2, 3), format)).toBe(true);
	});

	test.each([
		["jpeg", files.jpeg],
		["jpeg", files.progressive],
		["png", files.png],
		["webp", files.webp],
	] as const)("every proper beginning of a %s is incomplete", (format, bytes) => {
		// The WebP container pads to even length; its last byte may be padding.
		for (let length = 12; length < bytes.length - 1; length += 1 + Math.floor(length / 40))
			expect(isComplete(bytes.subarray(0, length), format)).toBe(false);
	});

	test("an end mark inside a thumbnail does not count", () => {
		const app1 = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0x00, 0x06, 0xff, 0xd9, 0xff, 0xd9);
		expect(isComplete(app1, "jpeg")).toBe(false);
	});
});
