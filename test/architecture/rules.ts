/** Rules about a single file: purity, SQL, sizes, names, environment. Each returns its breaks as lines. */
import { basename } from "node:path";
import { isTestCode, lineOf, type Node, type SourceFile, walk } from "./source.ts";

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 50;

/** `server/base` is a closed list: whatever seems to belong there has a better home. */
const BASE_FILES = new Set(["result", "app-error", "units", "ids", "event-bus", "bytes", "translate"]);

const PURE = /^server\/(attendance|recognition|ledger|protocol)\//;
const IMPURE_GLOBALS = new Set([
	...["process", "Bun", "fetch", "performance", "console", "setTimeout", "setInterval"],
	...["document", "window", "navigator", "localStorage", "indexedDB"],
]);
const IMPURE_MEMBERS = new Set([
	...["Date.now", "Math.random", "crypto.getRandomValues", "crypto.randomUUID"],
	...["Temporal.Now", "globalThis.fetch", "globalThis.process"],
]);
const RANDOM_IMPORT = /^(random|getRandomValues|generateKey)/;

function memberName(node: Node): string | undefined {
	if (node.type !== "MemberExpression" || node.computed) return undefined;
	const [object, property] = [node.object as Node, node.property as Node];
	return object.type === "Identifier" ? `${object.name}.${property.name}` : undefined;
}

/** An identifier that is looked up, not a property name, key or type. */
function isReference(node: Node, parent?: Node): boolean {
	if (node.type !== "Identifier" || !parent || parent.type.startsWith("TS")) return false;
	if (parent.type === "MemberExpression") return parent.object === node || parent.computed === true;
	return !(parent.key === node && !parent.computed && !parent.shorthand) && !/Specifier$/.test(parent.type);
}

function impurity(node: Node, parent?: Node): string | undefined {
	const member = memberName(node);
	if (member && IMPURE_MEMBERS.has(member)) return member;
	if (isReference(node, parent) && IMPURE_GLOBALS.has(String(node.name))) return String(node.name);
	const callee = node.callee as Node | undefined;
	if (node.type === "NewExpression" && callee?.name === "Date" && !(node.arguments as Node[]).length)
		return "new Date()";
	return undefined;
}

/** Layer 1 has no clock, no chance and no I/O. */
export function impurities(file: SourceFile): string[] {
	if (!PURE.test(file.path) || isTestCode(file.path)) return [];
	const found: string[] = [];
	walk(file.program, (node, parent) => {
		const what = impurity(node, parent);
		if (what) found.push(`${file.path}:${lineOf(file, node.start)} is in a pure layer and uses ${what}`);
	});
	const random = file.imports.flatMap((i) => i.valueNames).filter((name) => RANDOM_IMPORT.test(name));
	return [...found, ...random.map((name) => `${file.path} is in a pure layer and imports ${name}`)];
}

const SQL =
	/^\s*(select\s[\s\S]*\bfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|replace\s+into\s|create\s+(unique\s+)?(table|index|trigger|view)\s|alter\s+table\s|drop\s+(table|index)\s|pragma\s+\w|attach\s+database|vacuum\b)/i;

function textOf(node: Node): string | undefined {
	if (node.type === "Literal" && typeof node.value === "string") return node.value;
	if (node.type !== "TemplateLiteral") return undefined;
	return (node.quasis as Node[]).map((quasi) => (quasi.value as { raw: string }).raw).join("x");
}

/** SQL and its drivers live in `db/`. */
export function strayQueries(file: SourceFile): string[] {
	if (file.path.startsWith("db/") || isTestCode(file.path)) return [];
	const found = file.imports
		.filter((i) => /^(bun:sqlite|drizzle-orm)/.test(i.target))
		.map((i) => `${file.path} imports ${i.target} outside db/`);
	walk(file.program, (node) => {
		if (SQL.test(textOf(node) ?? ""))
			found.push(`${file.path}:${lineOf(file, node.start)} holds SQL outside db/`);
	});
	return found;
}

/** The environment is read in one file; tools and tests are exempt. */
export function strayEnvironment(file: SourceFile): string[] {
	if (/^(server\/config\.ts$|scripts\/)/.test(file.path) || isTestCode(file.path)) return [];
	const found: string[] = [];
	walk(file.program, (node) => {
		if (["process.env", "Bun.env"].includes(memberName(node) ?? ""))
			found.push(
				`${file.path}:${lineOf(file, node.start)} reads the environment; server/config.ts does that`,
			);
	});
	return found;
}

/** A `describe` block only groups tests, so its length says nothing. */
const isGroup = (parent?: Node): boolean =>
	parent?.type === "CallExpression" && (parent.callee as Node).name === "describe";

export function oversizes(file: SourceFile): string[] {
	const lines = file.text.trimEnd().split("\n").length;
	const found =
		lines > MAX_FILE_LINES ? [`${file.path} has ${lines} lines; ${MAX_FILE_LINES} is the limit`] : [];
	walk(file.program, (node, parent) => {
		if (
			!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) ||
			isGroup(parent)
		)
			return;
		const first = lineOf(file, node.start);
		const length = lineOf(file, node.end) - first + 1;
		if (length > MAX_FUNCTION_LINES)
			found.push(
				`${file.path}:${first} is a function of ${length} lines; ${MAX_FUNCTION_LINES} is the limit`,
			);
	});
	return found;
}

const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|soak|d))*\.(tsx?|mjs)$/;
const VAGUE = /^(utils?|helpers?|commons?|manager|misc|shared)(\.[a-z.]+)?$/;

export function badNames(file: SourceFile): string[] {
	const found = file.path.split("/").filter((part) => VAGUE.test(part));
	const lines = found.map((part) => `${file.path}: "${part}" says nothing about what is inside`);
	if (!FILE_NAME.test(basename(file.path))) lines.push(`${file.path}: file names are kebab-case`);
	const base = /^server\/base\/(.+?)(\.test)?\.ts$/.exec(file.path);
	if (base && !BASE_FILES.has(base[1]!)) lines.push(`${file.path}: server/base is a closed list`);
	return lines;
}

/** Barrels hide who uses what; a module begins by saying what it is for. */
export function badShape(file: SourceFile): string[] {
	const body = file.program.body as Node[];
	const found = body
		.filter((node) => node.type === "ExportAllDeclaration")
		.map(() => `${file.path} re-exports a whole module`);
	const start = file.text.replace(/^#!.*\n/, "").trimStart();
	const mayBeBare = isTestCode(file.path) || file.path.endsWith(".d.ts");
	if (!mayBeBare && !start.startsWith("/**")) found.push(`${file.path} begins without a docstring`);
	return [...found, ...file.parseErrors.map((error) => `${file.path}: ${error}`)];
}
