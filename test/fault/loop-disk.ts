/**
 * A small ext4 on a loop device whose power can be cut: `EXT4_IOC_SHUTDOWN` drops everything that was not synced, as a pulled
 * plug does. Needs root and a kernel with loop devices; says why when it cannot.
 */
import { dlopen, FFIType, ptr } from "bun:ffi";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface LoopDisk {
	/** Where it is mounted. */
	readonly folder: string;
	/** Cuts the power: unsynced data is lost, every further call on it fails. */
	cut(): void;
	/** After a cut and once nobody holds files there: mounts it again, as a boot does. */
	replug(): Promise<void>;
	remove(): Promise<void>;
}

/** `_IOR('X', 125, __u32)`, linux/fs/ext4/ext4.h. */
const EXT4_IOC_SHUTDOWN = 0x8004587dn;
/** EXT4_GOING_FLAGS_NOLOGFLUSH: neither data nor journal is flushed. */
const NO_LOG_FLUSH = 2;

/** Undefined when it can be done here, else the reason it cannot. */
export function whyNoLoopDisk(): string | undefined {
	if (process.platform !== "linux") return "loop devices are a thing of Linux";
	if (process.getuid?.() !== 0) return "mounting needs root";
	const missing = ["losetup", "mkfs.ext4", "mount", "umount"].find((tool) => !Bun.which(tool));
	return missing && `${missing} is not installed`;
}

async function run(...command: string[]): Promise<string> {
	const child = Bun.spawn(command, { stdio: ["ignore", "pipe", "pipe"] });
	const [out, err] = await Promise.all([
		new Response(child.stdout).text(),
		new Response(child.stderr).text(),
	]);
	if ((await child.exited) !== 0) throw new Error(`${command.join(" ")}: ${err.trim()}`);
	return out.trim();
}

/** Makes, formats and mounts it. */
export async function makeLoopDisk(megabytes: number): Promise<LoopDisk> {
	const base = mkdtempSync(join(tmpdir(), "dianmao-disk-"));
	const [image, folder] = [join(base, "image"), join(base, "mount")];
	mkdirSync(folder);
	writeFileSync(image, "");
	truncateSync(image, megabytes * 1024 * 1024);
	await run("mkfs.ext4", "-q", "-m", "0", image);
	const device = await run("losetup", "--find", "--show", image);
	const mount = () => run("mount", "-t", "ext4", device, folder);
	await mount();
	return {
		folder,
		cut: () => shutDown(folder),
		async replug() {
			await unmount(folder);
			await mount();
		},
		async remove() {
			await unmount(folder);
			await run("losetup", "-d", device);
			rmSync(base, { recursive: true });
		},
	};
}

/** Files of a killed process may stay open for a moment. */
async function unmount(folder: string): Promise<void> {
	for (let tries = 0; ; tries++) {
		try {
			await run("umount", folder);
			return;
		} catch (error) {
			if (tries >= 40) throw error;
			await Bun.sleep(50);
		}
	}
}

function shutDown(folder: string): void {
	const libc = dlopen("libc.so.6", {
		ioctl: { args: [FFIType.i32, FFIType.u64, FFIType.ptr], returns: FFIType.i32 },
	});
	const file = openSync(folder, "r");
	try {
		const flag = new Uint32Array([NO_LOG_FLUSH]);
		const status = libc.symbols.ioctl(file, EXT4_IOC_SHUTDOWN, ptr(flag));
		if (status !== 0) throw new Error("this kernel cannot shut an ext4 down");
	} finally {
		closeSync(file);
		libc.close();
	}
}
