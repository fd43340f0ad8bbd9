/** Runs the shipped verifier over every case, in each runtime it promises to run in. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { exportLeafLine } from "../../server/ledger/export-lines.ts";
import { inclusionProof } from "../../server/ledger/proof.ts";
import { formatProofFile } from "../../server/ledger/proof-file.ts";
import { type Case, MUTATIONS, note40, PIN, SHOP } from "./row-cases.ts";
import { RUNTIMES, runVerifier, VERIFIER } from "./run-verifier.ts";
import { exportText, saltOf } from "./sample-log.ts";
import { HONEST, RULES, SEALS } from "./seal-cases.ts";

/** Every case in this runtime; in a second one only enough to show that it runs there. */
const casesFor = (runtime: string): readonly Case[] =>
	runtime === process.execPath ? [...HONEST, ...MUTATIONS, ...SEALS, ...RULES] : [...HONEST, ...RULES];

describe.each(RUNTIMES)("verifier on %s", (runtime) => {
	test.each(casesFor(runtime).map((row) => [row.code, row.what, row] as const))(
		"%s: %s",
		(code, _, { text, options }) => {
			const outcome = runVerifier(runtime, text, options ?? PIN);
			expect(outcome).toMatchObject({ code, status: code.startsWith("OK") ? 0 : 1 });
			expect(outcome.reason === "").toBe(code.startsWith("OK"));
		},
	);

	test("reads standard input", () => {
		expect(runVerifier(runtime, exportText(SHOP), PIN, "stdin").code).toBe("OK-REDACTED(5)");
	});

	const proofOf = (seq: number): string => {
		const node = (level: number, index: number) =>
			level === 0
				? SHOP.rows[index]?.leaf
				: SHOP.nodes.find((known) => known.level === level && known.index === index)?.hash;
		return formatProofFile(seq, inclusionProof(seq, 40, node), note40);
	};

	test.each([
		["OK", proofOf(7), SHOP.rows[7]!],
		["OK", proofOf(39), SHOP.rows[39]!],
		["OK-REDACTED(1)", proofOf(10), SHOP.rows[10]!],
		["TAMPERED(7)", proofOf(7), { ...SHOP.rows[7]!, salt: saltOf(8) }],
		["TAMPERED(7)", proofOf(7), SHOP.rows[8]!],
		["TAMPERED(8)", proofOf(7).replace("index 7", "index 8"), SHOP.rows[8]!],
		["UNANCHORED", proofOf(7).replace("\n40\n", "\n41\n"), SHOP.rows[7]!],
	])("proof of one row: %s", (code, proof, row) => {
		expect(runVerifier(runtime, exportLeafLine(row), { ...PIN, proof }).code).toBe(code);
	});
});

test("the verifier stands alone and stays small enough to read", () => {
	const source = readFileSync(VERIFIER, "utf8");
	expect(source.split("\n").length - 1).toBeLessThanOrEqual(300);
	for (const [, from] of source.matchAll(/from "([^"]+)"|import\(/g)) expect(from).toStartWith("node:");
});
