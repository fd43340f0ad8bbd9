/** Reads an MXNet `-symbol.json`: the nodes of a net in the order they are computed. Knows the format, not what an operator does. */
import { type AppError, invalid } from "../../base/app-error.ts";
import { fail, ok, type Result } from "../../base/result.ts";

/** `op` is `null` (the word) for inputs and weights. */
export interface SymbolNode {
	readonly op: string;
	readonly name: string;
	readonly attrs: Readonly<Record<string, string>>;
	/** Indices of earlier nodes, so there can be no loop. */
	readonly inputs: readonly number[];
}

export interface SymbolGraph {
	readonly nodes: readonly SymbolNode[];
	/** Index of the one node whose value is the answer. */
	readonly head: number;
}

export const SYMBOL_MAX_CHARS = 2_000_000;
const MAX_NODES = 4_096;
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

const damaged = (): AppError => invalid("packs.symbol_damaged");

/**
 * Fails with `packs.symbol_damaged` (not such a file, names twice, too many nodes), `packs.symbol_loop` (a node that reads a
 * later one or itself) or `packs.symbol_outputs` (not exactly one answer).
 */
export function readSymbol(text: string): Result<SymbolGraph> {
	if (text.length > SYMBOL_MAX_CHARS) return fail(damaged());
	const json = parsed(text);
	if (!isRecord(json) || !Array.isArray(json.nodes) || !Array.isArray(json.heads)) return fail(damaged());
	if (json.nodes.length === 0 || json.nodes.length > MAX_NODES) return fail(damaged());
	const nodes: SymbolNode[] = [];
	const names = new Set<string>();
	for (const raw of json.nodes) {
		const node = readNode(raw);
		if (!node || names.has(node.name)) return fail(damaged());
		if (node.inputs.some((input) => input >= nodes.length))
			return fail(invalid("packs.symbol_loop", undefined, { node: node.name }));
		names.add(node.name);
		nodes.push(node);
	}
	const head = firstOf(json.heads[0]);
	if (json.heads.length !== 1 || head === undefined || head >= nodes.length)
		return fail(invalid("packs.symbol_outputs"));
	return ok({ nodes, head });
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** An input or head is `[node, output, version]`; only first outputs are ever used. */
function firstOf(value: unknown): number | undefined {
	if (!Array.isArray(value) || !Number.isSafeInteger(value[0]) || value[0] < 0) return undefined;
	return value[1] === 0 || value[1] === undefined ? value[0] : undefined;
}

function readNode(raw: unknown): SymbolNode | undefined {
	if (!isRecord(raw) || typeof raw.op !== "string" || typeof raw.name !== "string") return undefined;
	if (!NAME.test(raw.op) || !NAME.test(raw.name) || !Array.isArray(raw.inputs)) return undefined;
	const inputs = raw.inputs.map(firstOf);
	if (inputs.some((input) => input === undefined)) return undefined;
	// Older versions of the format call the same record `param` or `attr`.
	const attrs = raw.attrs ?? raw.attr ?? raw.param ?? {};
	if (!isRecord(attrs) || Object.values(attrs).some((value) => typeof value !== "string")) return undefined;
	const { op, name } = raw;
	return { op, name, attrs: attrs as Record<string, string>, inputs: inputs as number[] };
}
