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

/** Lays the ballast down when there is room for it. */
export function layBallast(path: string): Ballast {
	if (!existsSync(path) && freeBytes(path) > PHOTO_FLOOR_BYTES) write(path);
	let checkedMs = 0;
	let roomy = true;
	return {
		release() {
			if (!existsSync(path)) return false;
			unlinkSync(path);
			return true;
		},
		isInPlace: () => existsSync(path),
		freeBytes: () => freeBytes(path),
		mayKeepPhotos() {
			const nowMs = performance.now();
			if (nowMs - checkedMs > 5_000 || checkedMs === 0) {
				checkedMs = nowMs;
				roomy = existsSync(path) && freeBytes(path) > PHOTO_FLOOR_BYTES;
			}
			return roomy;
		},
	};
}

function freeBytes(path: string): number {
	const { bavail, bsize } = statfsSync(dirname(path));
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
