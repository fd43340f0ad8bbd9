/** The files of the TLS folder: readable by the owner of the process alone, never half-written. */
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";

/** A pair lives in one file, so that a crash cannot part a key from its certificate; the CA's key has its own. */
export type TlsFile = "ca.pem" | "ca-key.pem" | "leaf.pem" | "own.pem";

export interface TlsStore {
	/** The text of a file, or undefined when there is none. Throws when it cannot be read. */
	read(file: TlsFile): string | undefined;
	/** Replaces a file whole; on the disk when this returns. Throws on a full or broken disk. */
	write(file: TlsFile, text: string): void;
	remove(file: TlsFile): void;
	/** Sets a file aside under a name that `tag` makes unique. */
	retire(file: TlsFile, tag: string): void;
}

function syncFolder(folder: string): void {
	const handle = openSync(folder, "r");
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function writeDurably(path: string, text: string): void {
	rmSync(path, { force: true });
	const handle = openSync(path, "wx", 0o600);
	try {
		const bytes = Buffer.from(text);
		for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** Opens (and makes, mode 0700) the folder that holds keys and certificates. */
export function openTlsStore(folder: string): TlsStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const pathOf = (name: string) => join(folder, name);
	const move = (from: string, to: string) => {
		renameSync(pathOf(from), pathOf(to));
		syncFolder(folder);
	};
	return {
		read: (file) => (existsSync(pathOf(file)) ? readFileSync(pathOf(file), "utf8") : undefined),
		write(file, text) {
			writeDurably(pathOf(`${file}.new`), text);
			move(`${file}.new`, file);
		},
		remove(file) {
			rmSync(pathOf(file), { force: true });
			syncFolder(folder);
		},
		retire: (file, tag) => move(file, `retired-${tag}-${file}`),
	};
}
