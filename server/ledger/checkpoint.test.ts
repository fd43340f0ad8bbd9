import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { toHex, utf8 } from "../base/bytes.ts";
import { must, type Result } from "../base/result.ts";
import { formatOrigin, openCheckpoint, parseCheckpoint, parseOrigin, signCheckpoint } from "./checkpoint.ts";
import { cosign, openCosignature } from "./cosignature.ts";
import { commitBody, leafHash } from "./entry.ts";
import { frontierRoot, openFrontier, pushLeaf } from "./tree.ts";
import { KEY_KIND, makeSigner, parseVkey } from "./vkey.ts";

const ORIGIN = "attbox.example/test/e1";
const SIGNER = makeSigner(ORIGIN, new Uint8Array(32).fill(1));
const VKEY = must(parseVkey(SIGNER.vkey));

/** Root over the first `size` rows of the published vectors. */
function vectorRoot(size: number): Uint8Array {
	const frontier = openFrontier(0, () => undefined);
	for (let seq = 0; seq < size; seq++) {
		const body = utf8(`{"dev":"k1","emp":"e${seq % 2}","how":"card","v":1}`);
		const commitment = commitBody(new Uint8Array(32).fill(seq), body);
		pushLeaf(frontier, leafHash({ seq, type: "punch", timeMs: Date.UTC(2026, 0, 1, 0, 0, seq), commitment }));
	}
	return frontierRoot(frontier);
}

const NOTE = signCheckpoint({ origin: ORIGIN, size: 3, root: vectorRoot(3) }, SIGNER);
const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.error.code);

describe("keys", () => {
	test("published vkey", () => {
		expect(SIGNER.vkey).toBe("attbox.example/test/e1+8216f5ea+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c");
		expect(toHex(VKEY.keyId)).toBe("8216f5ea");
	});

	test.each([
		[SIGNER.vkey.replace("8216f5ea", "8216f5eb")],
		[SIGNER.vkey.replace("/e1+", "/e2+")],
		[SIGNER.vkey.replace("+AYqI", "+AoqI")],
		[`${SIGNER.vkey} `],
		["attbox"],
	])("refuses the vkey %j", (text) => {
		expect(codeOf(parseVkey(text))).toBe("ledger.vkey_malformed");
	});

	test("refuses a bad name or seed", () => {
		expect(() => makeSigner("two words", new Uint8Array(32))).toThrow();
		expect(() => makeSigner("a+b", new Uint8Array(32))).toThrow();
		expect(() => makeSigner("a", new Uint8Array(31))).toThrow();
	});
});

describe("checkpoint", () => {
	test("published roots", () => {
		expect(toHex(vectorRoot(2))).toBe("cfec76ca7d01abbd3499dae0d090967aca24a80c44c70d7bc7b14a1ce310c3a8");
		expect(toHex(vectorRoot(3))).toBe("a5f7580955c30b4ae0874ee8f539f3d7d3f8cdc5e029538305168ff5f1741167");
	});

	test("is a note that opens again", () => {
		expect(NOTE).toStartWith(
			`${ORIGIN}\n3\npfdYCVXDC0rgh07o9Tnz19P4zcXgKVODBRaP9fF0EWc=\n\n\u2014 ${ORIGIN} ghb16`,
		);
		expect(must(openCheckpoint(NOTE, VKEY))).toMatchObject({ origin: ORIGIN, size: 3 });
		expect(toHex(must(openCheckpoint(NOTE, VKEY)).root)).toBe(toHex(vectorRoot(3)));
	});

	test("any changed character is refused", () => {
		fc.assert(
			fc.property(fc.nat(NOTE.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, char) => {
				fc.pre(NOTE[at] !== char);
				expect(openCheckpoint(NOTE.slice(0, at) + char + NOTE.slice(at + 1), VKEY).ok).toBe(false);
			}),
		);
	});

	test("any cut is refused", () => {
		for (let end = 0; end < NOTE.length; end++)
			expect(openCheckpoint(NOTE.slice(0, end), VKEY).ok).toBe(false);
	});

	test.each([
		["a carriage return", NOTE.replaceAll("\n", "\r\n"), "ledger.note_malformed"],
		["a leading zero", NOTE.replace("\n3\n", "\n03\n"), "ledger.note_malformed"],
		["an extension line", NOTE.replace("=\n\n", "=\nmore\n\n"), "ledger.note_malformed"],
		["another size", NOTE.replace("\n3\n", "\n4\n"), "ledger.signature_wrong"],
		["another log", NOTE.replaceAll("/e1", "/e2"), "ledger.signer_unknown"],
		["no signature of the log", NOTE.replace("\u2014 attbox", "\u2014 otherbox"), "ledger.signer_unknown"],
	])("refuses %s", (_, note, code) => {
		expect(codeOf(openCheckpoint(note, VKEY))).toBe(code);
	});

	test("refuses the key of another log", () => {
		const other = makeSigner(ORIGIN, new Uint8Array(32).fill(2));
		expect(codeOf(openCheckpoint(NOTE, must(parseVkey(other.vkey))))).toBe("ledger.signer_unknown");
		expect(() => signCheckpoint({ origin: "a/e1", size: 0, root: vectorRoot(0) }, SIGNER)).toThrow();
	});

	test("a root with stray base64 bits is not a second spelling", () => {
		expect(parseCheckpoint(`${ORIGIN}\n3\n${"A".repeat(43)}=\n`).ok).toBe(true);
		expect(parseCheckpoint(`${ORIGIN}\n3\n${"A".repeat(42)}B=\n`).ok).toBe(false);
	});

	test("origins", () => {
		expect(formatOrigin({ log: "attbox.example/test", epoch: 1 })).toBe(ORIGIN);
		expect(must(parseOrigin(ORIGIN))).toEqual({ log: "attbox.example/test", epoch: 1 });
		for (const bad of ["attbox/e0", "attbox", "a b/e1", "a/e01"])
			expect(codeOf(parseOrigin(bad))).toBe("ledger.origin_malformed");
	});
});

describe("cosignature", () => {
	const witness = makeSigner("accountant.example", new Uint8Array(32).fill(7), KEY_KIND.witness);
	const key = must(parseVkey(witness.vkey));
	const cosigned = must(cosign(NOTE, witness, 1_767_225_600));

	test("states when the witness saw the checkpoint, and the log's own signature still opens", () => {
		expect(must(openCosignature(cosigned, key))).toBe(1_767_225_600);
		expect(openCheckpoint(cosigned, VKEY).ok).toBe(true);
	});

	test("is refused when absent, over another text or by another key", () => {
		const stranger = makeSigner("accountant.example", new Uint8Array(32).fill(8), KEY_KIND.witness);
		expect(codeOf(openCosignature(NOTE, key))).toBe("ledger.signer_unknown");
		expect(codeOf(openCosignature(cosigned, must(parseVkey(stranger.vkey))))).toBe("ledger.signer_unknown");
		expect(codeOf(openCosignature(cosigned.replace("\n3\n", "\n4\n"), key))).toBe("ledger.signature_wrong");
		expect(() => cosign(NOTE, SIGNER, 0)).toThrow();
	});
});
