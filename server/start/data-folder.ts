/** The one folder that holds everything: where each file lies, and that demo and real data never share one. */
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error.ts";

export interface DataFolder {
	readonly root: string;
	readonly database: string;
	readonly personKeys: string;
	readonly lock: string;
	/** Newest signed checkpoint seen, to notice an older copy of the database. */
	readonly highWater: string;
	/** Space given back to the database when the disk is full. */
	readonly ballast: string;
	readonly tls: string;
	/** Face packs, and the inbox for new ones. */
	readonly facePacks: string;
}

const DEMO_MARK = "demo-data";

/** Makes the folder when needed (readable by this user alone) and names its files. */
export function openDataFolder(root: string, demo: boolean): DataFolder {
	try {
		mkdirSync(join(root, "keys"), { recursive: true, mode: 0o700 });
		chmodSync(root, 0o700);
	} catch (error) {
		throw new StartError("folder_unwritable", { folder: root, reason: (error as Error).message });
	}
	const folder = {
		root,
		database: join(root, "dianmao.db"),
		personKeys: join(root, "keys", "people.db"),
		lock: join(root, "lock"),
		highWater: join(root, "ledger.hwm"),
		ballast: join(root, "ballast"),
		tls: join(root, "tls"),
		facePacks: join(root, "face-packs"),
	};
	checkKind(folder, demo);
	return folder;
}

/** True when a database with content lies there. */
export const hasDatabase = (folder: DataFolder): boolean =>
	existsSync(folder.database) && statSync(folder.database).size > 0;

function checkKind(folder: DataFolder, demo: boolean): void {
	const mark = join(folder.root, DEMO_MARK);
	const isMarked = existsSync(mark);
	if (isMarked && !demo) throw new StartError("demo_folder", { folder: folder.root });
	if (!isMarked && demo && hasDatabase(folder)) throw new StartError("real_folder", { folder: folder.root });
	if (!isMarked && demo) writeFileSync(mark, "");
}
