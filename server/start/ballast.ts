/** Disk space kept in reserve: when the disk is full the ballast goes, so that punches still come in while photos stop. */
import { closeSync, existsSync, fsyncSync, openSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const MIB = 1024 * 1024;
/** A punch with leaf and day takes under 2 KiB of database and log: 32 MiB hold more than 10,000 (TRUST bar 21). */
const BALLAST_MIB = 32;
/** Below this much free space photos are no longer kept. */
const PHOTO_FLOOR_BYTES = 256 * MIB;

export interface Ballast {
	/** Frees the reserve; false when it is gone already. */
	release(): boolean;
	isInPlace(): boolean;
	freeBytes(): number;
	mayKeepPhotos(): boolean;
}

export interface DiskSense {
	monoMs(): number;
	/** Bytes that may still be written to the disk of `folder`. */
	freeBytes(folder: string): number;
}

/** Asking the disk for every punch would be waste. */
const CHECK_MS = 5_000;

/** Lays the ballast down when there is room for it. */
export function layBallast(path: string, { monoMs, freeBytes }: DiskSense): Ballast {
	const free = (): number => freeBytes(dirname(path));
	if (!existsSync(path) && free() > PHOTO_FLOOR_BYTES) write(path);
	let checkedMs = Number.NEGATIVE_INFINITY;
	let roomy = true;
	return {
		release() {
			if (!existsSync(path)) return false;
			unlinkSync(path);
			return true;
		},
		isInPlace: () => existsSync(path),
		freeBytes: free,
		mayKeepPhotos() {
			if (monoMs() - checkedMs > CHECK_MS) {
				checkedMs = monoMs();
				roomy = existsSync(path) && free() > PHOTO_FLOOR_BYTES;
			}
			return roomy;
		},
	};
}

/** What the file system says; reserved blocks do not count. */
export function freeBytesOf(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}

/** Real bytes, not a hole: only written blocks can be given back. */
function write(path: string): void {
	const file = openSync(path, "w", 0o600);
	const block = crypto.getRandomValues(new Uint8Array(65_536));
	try {
		for (let i = 0; i < (BALLAST_MIB * MIB) / block.length; i++) writeSync(file, block);
		fsyncSync(file);
	} catch {
		closeSync(file);
		unlinkSync(path);
		return;
	}
	closeSync(file);
}
