/** Reads the message files and finds which keys the code asks for. Judges nothing. */
import { basename, join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { isTestCode, type Node, ROOT, type SourceFile, walk } from "../architecture/source.ts";

export type Area = Readonly<Record<string, string>>;

/** Message files by area and language, as `areas.get("kiosk")?.en`. */
export async function readAreas(): Promise<Map<string, { en?: Area; "zh-CN"?: Area }>> {
	const areas = new Map<string, { en?: Area; "zh-CN"?: Area }>();
	for (const path of new Bun.Glob("assets/locales/*.json").scanSync({ cwd: ROOT })) {
		const [, area, lang] = /^(.+)\.(en|zh-CN)\.json$/.exec(basename(path)) ?? [];
		if (!area || !lang) throw new Error(`${path} is not named <area>.<language>.json`);
		areas.set(area, { ...areas.get(area), [lang]: await Bun.file(join(ROOT, path)).json() });
	}
	return areas;
}

/** The element kinds of the ICU syntax tree that carry no name of their own. */
const LITERAL = 0;
const POUND = 7;
const TAG = 8;

interface Element {
	readonly type: number;
	readonly value: string;
	readonly children?: readonly Element[];
	readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

function collect(elements: readonly Element[], into: Set<string>): void {
	for (const element of elements) {
		if (element.type === LITERAL || element.type === POUND) continue;
		into.add(element.type === TAG ? `<${element.value}>` : element.value);
		collect(element.children ?? [], into);
		for (const option of Object.values(element.options ?? {})) collect(option.value, into);
	}
}

/** Names of the placeholders and tags of an ICU message, sorted. Throws when it does not parse. */
export function placeholders(message: string, lang: string): string[] {
	const found = new Set<string>();
	collect(new IntlMessageFormat(message, lang).getAst() as unknown as Element[], found);
	return [...found].sort();
}

/** Whole string literals of product code, and the fixed beginnings of templates as `area.part.`. */
export interface Mentions {
	readonly literals: ReadonlyMap<string, string>;
	readonly prefixes: ReadonlyMap<string, string>;
}

const PREFIX = /^[a-z][\w-]*\.([\w-]+\.)*/;

/** The beginning of `area.${x}` up to its last dot, when the template may be a key. */
function prefixOf(node: Node): string | undefined {
	if (node.type !== "TemplateLiteral" || !(node.expressions as Node[]).length) return undefined;
	const first = ((node.quasis as Node[])[0]!.value as { cooked: string }).cooked;
	return /^[\w.-]+$/.test(first) ? PREFIX.exec(first)?.[0] : undefined;
}

/** What every product file mentions; the value tells the first file. */
export function mentionsIn(files: readonly SourceFile[]): Mentions {
	const literals = new Map<string, string>();
	const prefixes = new Map<string, string>();
	const note = (map: Map<string, string>, key: string, path: string) => map.has(key) || map.set(key, path);
	for (const file of files.filter((one) => !isTestCode(one.path) && !one.path.startsWith("scripts/")))
		walk(file.program, (node) => {
			if (node.type === "Literal" && typeof node.value === "string") note(literals, node.value, file.path);
			if (node.type === "TemplateLiteral" && !(node.expressions as Node[]).length)
				note(literals, ((node.quasis as Node[])[0]!.value as { cooked: string }).cooked, file.path);
			const prefix = prefixOf(node);
			if (prefix) note(prefixes, prefix, file.path);
		});
	return { literals, prefixes };
}
