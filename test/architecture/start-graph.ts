/** What loads before the first page: everything the program imports from its entry on, apart from `import()`. */
import type { SourceFile } from "./source.ts";

const ENTRY = "server/main.ts";

/** Each costs a start 10 to 60 ms and serves no first page. */
const HEAVY =
	/^(@peculiar\/|reflect-metadata$|@simplewebauthn\/server|write-excel-file|read-excel-file|fflate$|@vladmandic\/|@tensorflow\/)/;

/** Modules on the way of a start that import a heavy package other than by `import()`. */
export function heavyStarts(files: readonly SourceFile[]): string[] {
	const byPath = new Map(files.map((file) => [file.path, file]));
	const reached = new Set([ENTRY]);
	const found: string[] = [];
	for (const path of reached)
		for (const one of byPath.get(path)?.imports ?? []) {
			if (one.typeOnly || one.lazy) continue;
			if (one.relative) reached.add(one.target);
			else if (HEAVY.test(one.target)) found.push(`${path} imports ${one.target}`);
		}
	return found;
}
