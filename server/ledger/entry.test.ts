import { describe, expect, test } from "bun:test";
import { toHex, utf8 } from "../base/bytes.ts";
import { commitBody, type Entry, entryText, formatTime, isLeafType, leafHash, sealTimeMs } from "./entry.ts";
import { canonicalJson } from "./json.ts";

/** Row i of the published vectors. */
function vector(i: number): Entry {
	const salt = new Uint8Array(32).fill(i);
	const body = utf8(canonicalJson({ v: 1, how: "card", emp: `e${i % 2}`, dev: "k1" }));
	const timeMs = Date.UTC(2026, 0, 1, 0, 0, i);
	return { seq: i, type: "punch", timeMs, commitment: commitBody(salt, body) };
}

describe("attlog/v1 entry", () => {
	test("published vectors", () => {
		expect(toHex(vector(0).commitment)).toBe(
			"dad725902df013e263416c962bd5fb49cf3878914cc71841194de42b73ab5952",
		);
		expect(toHex(leafHash(vector(0)))).toBe(
			"1408e2cb54e1f315c4763f8bf92676ec0d780e7e09fa6b2581fd3924ef5737fe",
		);
		expect(toHex(leafHash(vector(1)))).toMatch(/^d6a59c31.*384c4a$/);
		expect(toHex(leafHash(vector(2)))).toMatch(/^357f25e8.*968338$/);
	});

	test("hashes exactly five lines", () => {
		expect(entryText(vector(1))).toBe(
			`attlog/v1\nseq 1\ntype punch\ntime 2026-01-01T00:00:01.000Z\nbody ${toHex(vector(1).commitment)}\n`,
		);
	});

	test.each([
		["a short salt", () => commitBody(new Uint8Array(31), new Uint8Array(1))],
		["a negative position", () => entryText({ ...vector(0), seq: -1 })],
		["a fractional position", () => entryText({ ...vector(0), seq: 0.5 })],
		["a short commitment", () => entryText({ ...vector(0), commitment: new Uint8Array(8) })],
		["a fraction of a millisecond", () => formatTime(0.5)],
		["a time before 1970", () => formatTime(-1)],
		["a time after 9999", () => formatTime(253_402_300_800_000)],
	])("refuses %s", (_, act) => {
		expect(act).toThrow();
	});

	test("reads a commitment that is a view into a larger buffer", () => {
		const wide = new Uint8Array(48).fill(9);
		wide.set(vector(0).commitment, 16);
		expect(entryText({ ...vector(0), commitment: wide.subarray(16) })).toBe(entryText(vector(0)));
	});

	test("knows its own types only", () => {
		expect(isLeafType("month-close")).toBe(true);
		expect(isLeafType("constructor")).toBe(false);
	});

	test.each([
		["first leaf", undefined, 5, 5],
		["later", { type: "punch", timeMs: 5 }, 9, 9],
		["overtaken in the queue", { type: "punch", timeMs: 9 }, 5, 9],
		["after a clock leaf", { type: "clock", timeMs: 9 }, 5, 5],
	] as const)("seal time: %s", (_, previous, receivedMs, expected) => {
		expect(sealTimeMs(previous, receivedMs)).toBe(expected);
	});
});
