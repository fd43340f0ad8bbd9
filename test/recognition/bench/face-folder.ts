/** A folder of photos, `<group>/<person>/<n>.jpg`, as a list of people. Test data of others: it is read in place and never copied into the project. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** East-Asian people are judged apart: they are the default market, and the nets were trained on others. */
export type Market = "EA" | "WEST";

/** Groups of the folder that hold East-Asian people; all others count as WEST. */
export const EA_GROUPS = ["ea", "ean"];

export interface PhotoFile {
	/** `<group>/<person>/<n>.jpg`. */
	readonly id: string;
	/** SHA-256 of the bytes. */
	readonly hash: string;
	readonly path: string;
}

export interface FolderPerson {
	/** `<group>/<person>`. */
	readonly personId: string;
	readonly group: string;
	readonly market: Market;
	readonly photos: readonly PhotoFile[];
}

/** Where the test set lies when somebody has put one beside the checkout. */
export const DEFAULT_FACES = join(import.meta.dir, "../../../../shared/faces");

export const hasFacesAt = (folder: string): boolean =>
	EA_GROUPS.every((group) => existsSync(join(folder, group)));

const foldersOf = (path: string): string[] =>
	readdirSync(path, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();

/** Everyone in the folder, in a fixed order; a photo that occurs twice counts once, a person without photos is left out. */
export function readFaceFolder(folder: string): FolderPerson[] {
	const seen = new Set<string>();
	return foldersOf(folder).flatMap((group) =>
		foldersOf(join(folder, group)).flatMap((person): FolderPerson[] => {
			const photos = photosOf(join(folder, group, person), `${group}/${person}`, seen);
			const market: Market = EA_GROUPS.includes(group) ? "EA" : "WEST";
			return photos.length > 0 ? [{ personId: `${group}/${person}`, group, market, photos }] : [];
		}),
	);
}

function photosOf(path: string, personId: string, seen: Set<string>): PhotoFile[] {
	return readdirSync(path)
		.filter((file) => /\.jpe?g$/i.test(file))
		.sort()
		.flatMap((file): PhotoFile[] => {
			const hash = createHash("sha256")
				.update(readFileSync(join(path, file)))
				.digest("hex");
			if (seen.has(hash)) return [];
			seen.add(hash);
			return [{ id: `${personId}/${file}`, hash, path: join(path, file) }];
		});
}
