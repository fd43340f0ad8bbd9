/** The table of layers: which folder may import which, and which packages. */
import { type Import, isTestCode, type SourceFile } from "./source.ts";

interface Zone {
	/** Path prefix; the longest one that fits decides. */
	readonly prefix: string;
	/** Prefixes of zones it may import, besides itself. */
	readonly imports: readonly string[];
	/** Prefixes it may import for types alone. */
	readonly types?: readonly string[];
	/** Packages it may import; anything when absent. */
	readonly packages?: RegExp;
}

const PURE = ["server/attendance/", "server/recognition/", "server/ledger/", "server/protocol/"];
const BASE = "server/base/";
const BUILT = "build/assets.gen.ts";
const ADAPTERS = ["server/packs/", "server/vault/", "server/recogniser/", "server/tls/", "server/sheets/"];
const READ_SIDE = [
	BASE,
	...PURE,
	"db/",
	"server/services/",
	"server/exports/",
	"server/web/",
	BUILT,
	"assets/",
];
const NOTHING = /^$/;

/** The composition root may import every zone of the product, though never tests or tools. */
const EVERYTHING = ["server/", "db/", "drivers/", "admin/", "assets/", BUILT, "package.json"];

const ZONES: readonly Zone[] = [
	{ prefix: BASE, imports: [], packages: /^intl-messageformat$/ },
	{ prefix: "server/attendance/", imports: [BASE], packages: NOTHING },
	{ prefix: "server/recognition/", imports: [BASE], packages: NOTHING },
	{ prefix: "server/ledger/", imports: [BASE], packages: /^node:crypto$/ },
	{ prefix: "server/protocol/", imports: [BASE], packages: /^@sinclair\/typebox$/ },
	{ prefix: "drivers/", imports: [BASE, "server/protocol/"] },
	{
		prefix: "db/",
		imports: [BASE],
		types: PURE,
		packages: /^(bun:sqlite|drizzle-orm(\/.*)?|node:(fs|fs\/promises|path|crypto))$/,
	},
	{ prefix: "server/vault/", imports: [BASE] },
	{ prefix: "server/tls/", imports: [BASE] },
	{ prefix: "server/sheets/", imports: [BASE, "server/exports/formula.ts"] },
	{
		prefix: "server/packs/",
		imports: [BASE, "server/protocol/", "server/recognition/", "server/sheets/", "assets/face-packs/"],
		packages: /^(node:(crypto|fs|fs\/promises|path)|@sinclair\/typebox(\/value)?)$/,
	},
	{ prefix: "server/recogniser/", imports: [BASE, "server/recognition/", BUILT] },
	{ prefix: "server/services/", imports: [BASE, ...PURE, "db/", "drivers/driver.ts", ...ADAPTERS] },
	{ prefix: "server/exports/", imports: [BASE], types: ["server/attendance/"] },
	{ prefix: "server/web/", imports: [...READ_SIDE, "admin/frame/"] },
	{ prefix: "server/api/", imports: READ_SIDE },
	{ prefix: "admin/", imports: READ_SIDE },
	{
		prefix: "admin/client/",
		imports: [BASE, "server/protocol/", "server/recognition/", "kiosk/vision/"],
	},
	{ prefix: "kiosk/", imports: [BASE, "server/protocol/", "server/recognition/", "assets/"] },
	{ prefix: "server/jobs/", imports: EVERYTHING },
	{ prefix: "server/sync/", imports: EVERYTHING },
	{ prefix: "server/", imports: EVERYTHING },
	{
		prefix: "scripts/",
		imports: ["server/", "db/", "drivers/", "kiosk/", "admin/", "test/", BUILT, "package.json"],
	},
	{ prefix: "test/", imports: [""] },
];

const byLength = [...ZONES].sort((a, b) => b.prefix.length - a.prefix.length);
const zoneOf = (path: string): Zone | undefined => byLength.find((zone) => path.startsWith(zone.prefix));

/** True when `path` falls under `prefix` and not under a deeper zone that `prefix` does not name. */
function covers(prefix: string, path: string): boolean {
	if (!path.startsWith(prefix)) return false;
	const zone = zoneOf(path);
	return (
		prefix === "" ||
		!zone ||
		zone.prefix.length <= prefix.length ||
		/^(server|db|drivers|admin)\/$/.test(prefix)
	);
}

function mayImport(zone: Zone, imported: Import): boolean {
	if (!imported.relative) return !zone.packages || zone.packages.test(imported.target);
	const { target } = imported;
	if (zoneOf(target) === zone) return true;
	if (zone.imports.some((prefix) => covers(prefix, target))) return true;
	return imported.typeOnly && (zone.types ?? []).some((prefix) => covers(prefix, target));
}

/** Imports that break the table, one line each. Tests may import anything but have no place in product code. */
export function layerBreaks(file: SourceFile): string[] {
	const zone = zoneOf(file.path);
	if (!zone) return [`${file.path}: no layer is written down for this folder`];
	if (isTestCode(file.path) && zone.prefix !== "test/") return [];
	return file.imports
		.filter((imported) => !mayImport(zone, imported))
		.map(
			(imported) => `${file.path} must not import ${imported.target}${imported.typeOnly ? " (type)" : ""}`,
		);
}

const WRITE_VERB = /^(insert|update|upsert|delete|remove|append|set|mark|save|write|replace|bump|take)[A-Z]/;

/** Pages and routes read rows; a write goes through a service. */
export function writesPastServices(file: SourceFile): string[] {
	if (!/^(server\/(web|api)|admin)\//.test(file.path) || isTestCode(file.path)) return [];
	const names = file.imports.filter((i) => i.target.startsWith("db/")).flatMap((i) => i.valueNames);
	return names
		.filter((name) => WRITE_VERB.test(name))
		.map((name) => `${file.path} writes by ${name}; let a service do it`);
}
