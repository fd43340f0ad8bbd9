/**
 * The files of the TLS folder: readable by the owner of the process alone, never half-written. Those that hold a private
 * key are sealed under the box's key tree; one that an earlier release left in the clear is sealed when it is first read.
 */
import {
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { fromBase64, fromUtf8, toBase64, utf8 } from "../base/bytes.ts";

/** A pair lives in one file, so that a crash cannot part a key from its certificate; the CA's key has its own. */
export type TlsFile = "ca.pem" | "ca-key.pem" | "leaf.pem" | "own.pem";

/** Seals secrets of the box; `openHost` throws for another box's or altered bytes. */
export interface Sealer {
	sealHost(context: string, plain: Uint8Array): Uint8Array;
	openHost(context: string, sealed: Uint8Array): Uint8Array;
}

export interface TlsStore {
	/** The text of a file, undefined when there is none, empty when it does not open. Throws when it cannot be read. */
	read(file: TlsFile): string | undefined;
	/** Replaces a file whole; on the disk when this returns. Throws on a full or broken disk. */
	write(file: TlsFile, text: string): void;
	remove(file: TlsFile): void;
	/** Sets the authority's certificate aside under a name that `tag` makes unique. */
	retire(file: "ca.pem", tag: string): void;
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

/** Everything but the authority's certificate, which every device gets. */
const isSecret = (file: TlsFile): boolean => file !== "ca.pem";
const sealedName = (file: TlsFile): string => file.replace(/\.pem$/, ".sealed");

/** Overwritten before it goes. A flash disk may keep the old blocks all the same. */
function shred(path: string): void {
	const handle = openSync(path, "r+");
	try {
		writeSync(handle, Buffer.alloc(fstatSync(handle).size));
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	rmSync(path);
}

/** Opens (and makes, mode 0700) the folder that holds keys and certificates. */
export function openTlsStore(folder: string, sealer: Sealer): TlsStore {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const pathOf = (name: string) => join(folder, name);
	const textOf = (name: string) =>
		existsSync(pathOf(name)) ? readFileSync(pathOf(name), "utf8") : undefined;
	const move = (from: string, to: string) => {
		renameSync(pathOf(from), pathOf(to));
		syncFolder(folder);
	};
	const place = (name: string, text: string) => {
		writeDurably(pathOf(`${name}.new`), text);
		move(`${name}.new`, name);
	};
	const sealInto = (file: TlsFile, text: string) =>
		place(sealedName(file), `${toBase64(sealer.sealHost(contextOf(file), utf8(text)))}\n`);
	return {
		read(file) {
			const plain = textOf(file);
			if (!isSecret(file)) return plain;
			const sealed = textOf(sealedName(file));
			const opened = sealed === undefined ? undefined : unseal(sealer, file, sealed);
			if (plain === undefined || (opened && opened !== plain)) return opened;
			if (opened === undefined || opened === "") sealInto(file, plain);
			shred(pathOf(file));
			return plain;
		},
		write: (file, text) => (isSecret(file) ? sealInto(file, text) : place(file, text)),
		remove(file) {
			for (const name of [file, sealedName(file)]) rmSync(pathOf(name), { force: true });
			syncFolder(folder);
		},
		retire: (file, tag) => move(file, `retired-${tag}-${file}`),
	};
}

const contextOf = (file: TlsFile): string => `tls|${file}`;

function unseal(sealer: Sealer, file: TlsFile, sealed: string): string {
	try {
		return fromUtf8(sealer.openHost(contextOf(file), fromBase64(sealed.trim())));
	} catch {
		return "";
	}
}
