/** Packs in the data folder: one folder per pack named by its id, and an inbox a person may put files into. Every opening checks every checksum. */
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type AppError, invalid, notFound } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, type Result } from "../base/result.ts";
import { type FacePackManifest, PACK_FILES } from "../protocol/face-pack.ts";
import { looksLikeZip } from "../sheets/zip-directory.ts";
import { type FacePack, openPack, readManifest } from "./face-pack.ts";
import { type NamedBytes, PACK_ZIP_MAX_BYTES, packFromFiles, packFromZip } from "./pack-zip.ts";

export interface StoredPack {
	readonly id: string;
	/** Undefined when not even the manifest can be read. */
	readonly manifest?: FacePackManifest;
	readonly bytes: number;
	/** Why the pack must not be used; undefined when all is as stated. */
	readonly fault?: AppError;
}

export interface PackStore {
	/** Every pack with its checksums checked: some 20 ms each. */
	list(): StoredPack[];
	/** Fails with `packs.unknown` and the codes of `openPack`. */
	open(id: string): Result<FacePack>;
	/** Whole or not at all; saving what is there already changes nothing. */
	save(pack: FacePack): void;
	remove(id: string): void;
	/** The pack somebody has put into the inbox folder: a zip or the loose files. `packs.inbox_empty` when there is nothing. */
	readInbox(): Result<FacePack>;
	/** Where that folder is, for people; made when asked for. */
	inboxPath(): string;
}

const ID = /^[0-9a-f]{20}$/;
const FILES = [PACK_FILES.manifest, PACK_FILES.model, PACK_FILES.weights];
const MOST_PACKS = 32;
const MOST_INBOX_FILES = 16;

export function makePackStore(root: string): PackStore {
	const folderOf = (id: string) => join(root, id);
	const inbox = join(root, "inbox");
	const open = (id: string): Result<FacePack> => {
		if (!ID.test(id) || !existsSync(folderOf(id))) return fail(notFound("packs.unknown"));
		const [manifest, model, weights] = FILES.map((name) => readCapped(join(folderOf(id), name)));
		if (!manifest || !model || !weights) return fail(invalid("packs.files_missing"));
		const opened = openPack({ manifest, model, weights });
		if (opened.ok && opened.value.id !== id)
			return fail(invalid("packs.checksum", undefined, { file: PACK_FILES.manifest }));
		return opened;
	};
	return {
		open,
		list: () =>
			(existsSync(root) ? readdirSync(root) : [])
				.filter((name) => ID.test(name))
				.slice(0, MOST_PACKS)
				.map((id) => describe(id, folderOf(id), open(id))),
		save: (pack) => savePack(root, folderOf(pack.id), pack),
		remove(id) {
			if (ID.test(id)) rmSync(folderOf(id), { recursive: true, force: true });
		},
		readInbox: () => readInbox(inbox),
		inboxPath() {
			mkdirSync(inbox, { recursive: true, mode: 0o700 });
			return inbox;
		},
	};
}

function readCapped(path: string): Bytes | undefined {
	if (!existsSync(path)) return undefined;
	const { size } = statSync(path);
	return size <= PACK_ZIP_MAX_BYTES ? new Uint8Array(readFileSync(path)) : undefined;
}

function describe(id: string, folder: string, opened: Result<FacePack>): StoredPack {
	const sizes = FILES.map((name) => join(folder, name)).filter(existsSync);
	const bytes = sizes.reduce((sum, path) => sum + statSync(path).size, 0);
	if (opened.ok) return { id, bytes, manifest: opened.value.manifest };
	const raw = readCapped(join(folder, PACK_FILES.manifest));
	const manifest = raw && readManifest(raw);
	return { id, bytes, manifest: manifest?.ok ? manifest.value : undefined, fault: opened.error };
}

/** Written aside and renamed, so that a crash leaves either nothing or everything. */
function savePack(root: string, folder: string, pack: FacePack): void {
	const aside = join(root, `new-${pack.id}`);
	rmSync(aside, { recursive: true, force: true });
	mkdirSync(aside, { recursive: true, mode: 0o700 });
	writeFileSync(join(aside, PACK_FILES.manifest), pack.manifestBytes, { flush: true });
	writeFileSync(join(aside, PACK_FILES.model), pack.model, { flush: true });
	writeFileSync(join(aside, PACK_FILES.weights), pack.weights, { flush: true });
	rmSync(folder, { recursive: true, force: true });
	renameSync(aside, folder);
}

function readInbox(inbox: string): Result<FacePack> {
	const names = existsSync(inbox) ? readdirSync(inbox) : [];
	const files: NamedBytes[] = [];
	for (const name of names.slice(0, MOST_INBOX_FILES)) {
		const path = join(inbox, name);
		const bytes = statSync(path).isFile() ? readCapped(path) : undefined;
		if (bytes) files.push({ name, bytes });
	}
	if (files.length === 0) return fail(notFound("packs.inbox_empty"));
	const zip = files.find(({ bytes }) => looksLikeZip(bytes));
	return zip ? packFromZip(zip.bytes) : packFromFiles(files);
}
