/** Import cycles, type imports included (Tarjan's strongly connected components). */
import type { SourceFile } from "./source.ts";

interface Search {
	readonly graph: ReadonlyMap<string, readonly string[]>;
	readonly index: Map<string, number>;
	readonly low: Map<string, number>;
	readonly stack: string[];
	readonly cycles: string[][];
}

function popComponent(search: Search, path: string): string[] {
	return search.stack.splice(search.stack.indexOf(path));
}

function visit(search: Search, path: string): void {
	const own = search.index.size;
	search.index.set(path, own);
	search.low.set(path, own);
	search.stack.push(path);
	for (const next of search.graph.get(path) ?? []) {
		if (!search.index.has(next)) visit(search, next);
		if (search.stack.includes(next))
			search.low.set(path, Math.min(search.low.get(path)!, search.low.get(next)!));
	}
	if (search.low.get(path) !== own) return;
	const component = popComponent(search, path);
	if (component.length > 1 || search.graph.get(path)?.includes(path)) search.cycles.push(component);
}

/** Groups of files that import each other in a circle. */
export function findCycles(files: readonly SourceFile[]): string[][] {
	const known = new Set(files.map((file) => file.path));
	const graph = new Map(
		files.map((file) => [file.path, file.imports.map((i) => i.target).filter((target) => known.has(target))]),
	);
	const search: Search = { graph, index: new Map(), low: new Map(), stack: [], cycles: [] };
	for (const path of known) if (!search.index.has(path)) visit(search, path);
	return search.cycles;
}
