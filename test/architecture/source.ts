/** Reads every source file of the project into a syntax tree and the list of what it imports. Judges nothing. */
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";

export const ROOT = join(import.meta.dir, "..", "..");

/** A node of the ESTree that oxc builds, as far as the rules look into it. */
export interface Node {
	readonly type: string;
	readonly start: number;
	readonly end: number;
	readonly [key: string]: unknown;
}

export interface Import {
	/** As written, or the path from the root when it is a relative one. */
	readonly target: string;
	readonly relative: boolean;
	readonly typeOnly: boolean;
	/** By `import()`, so nothing is loaded before that runs. */
	readonly lazy: boolean;
	/** Imported names that are values, when they are listed. */
	readonly valueNames: readonly string[];
}

export interface SourceFile {
	/** Path from the root with forward slashes. */
	readonly path: string;
	readonly text: string;
	readonly program: Node;
	readonly imports: readonly Import[];
	readonly parseErrors: readonly string[];
}

const CODE = "{server,db,drivers,kiosk,admin,scripts,test}/**/*.{ts,tsx,mjs}";

export const isTestCode = (path: string): boolean =>
	path.startsWith("test/") || /\.(test|bench)\.tsx?$/.test(path);

const isNode = (value: unknown): value is Node =>
	typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Calls `visit` for every node below `node`, parents first. */
export function walk(node: Node, visit: (node: Node, parent?: Node) => void, parent?: Node): void {
	visit(node, parent);
	for (const value of Object.values(node))
		for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
}

const literal = (value: unknown): string | undefined =>
	isNode(value) && value.type === "Literal" && typeof value.value === "string" ? value.value : undefined;

/** An import is for types alone when it says so as a whole or for each of its names. */
function isTypeOnly(node: Node): boolean {
	if (node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type") return true;
	const names = (node.specifiers ?? []) as Node[];
	return names.length > 0 && names.every((name) => name.importKind === "type" || name.exportKind === "type");
}

function valueNames(node: Node): string[] {
	if (isTypeOnly(node)) return [];
	const names = ((node.specifiers ?? []) as Node[]).filter((name) => name.importKind !== "type");
	return names.map((name) => String(((name.imported ?? name.local) as Node).name));
}

function importsOf(path: string, program: Node): Import[] {
	const found: Import[] = [];
	walk(program, (node) => {
		if (!/^(Import|ExportNamed|ExportAll)(Declaration|Expression)$|^TSImportType$/.test(node.type)) return;
		const written = literal(node.source);
		if (written === undefined) return;
		const relative = written.startsWith(".");
		const target = relative ? normalize(join(dirname(path), written)).replaceAll("\\", "/") : written;
		const lazy = node.type === "ImportExpression";
		found.push({ target, relative, typeOnly: isTypeOnly(node), lazy, valueNames: valueNames(node) });
	});
	return found;
}

/** Parses one text as the file `path` would be parsed. */
export function parseSource(path: string, text: string): SourceFile {
	const parsed = parseSync(path, text);
	const program = parsed.program as unknown as Node;
	const parseErrors = parsed.errors.map((error) => error.message);
	return { path, text, program, imports: importsOf(path, program), parseErrors };
}

/** Every TypeScript and JavaScript file of the project, generated ones aside. */
export async function readSources(): Promise<SourceFile[]> {
	const paths = [...new Bun.Glob(CODE).scanSync({ cwd: ROOT })]
		.map((path) => path.replaceAll("\\", "/"))
		.sort();
	return Promise.all(paths.map(async (path) => parseSource(path, await Bun.file(join(ROOT, path)).text())));
}

/** Line of an offset, counted from 1. */
export const lineOf = (file: SourceFile, offset: number): number =>
	file.text.slice(0, offset).split("\n").length;
