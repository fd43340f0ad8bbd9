/**
 * Slow hashing of passwords and PINs, never more than two at a time: each argon2id run takes 64 MiB and a core, so a
 * flood of sign-ins would otherwise starve the door (TRUST A29).
 */
import { unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

/** Fails with `errors.busy` when too many wait already. */
export interface Hashing {
	hash(secret: string): Promise<Result<string>>;
	verify(secret: string, hash: string): Promise<Result<boolean>>;
}

export interface HashingLimits {
	/** How many run at once. */
	readonly running: number;
	/** How many may wait. */
	readonly waiting: number;
}

/** argon2id, 64 MiB, two passes: Bun's own default, above the 46 MiB at one pass that ASVS 5 App. C asks for. */
const ARGON2 = { algorithm: "argon2id", memoryCost: 65_536, timeCost: 2 } as const;

export function makeHashing(limits: HashingLimits = { running: 2, waiting: 8 }): Hashing {
	let running = 0;
	const queue: (() => void)[] = [];
	const enter = async (): Promise<boolean> => {
		if (running < limits.running) {
			running++;
			return true;
		}
		if (queue.length >= limits.waiting) return false;
		await new Promise<void>((start) => queue.push(start));
		return true;
	};
	const leave = (): void => {
		const next = queue.shift();
		if (next) next();
		else running--;
	};
	const inTurn = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
		if (!(await enter())) return fail(unavailable("errors.busy"));
		try {
			return ok(await work());
		} finally {
			leave();
		}
	};
	return {
		hash: (secret) => inTurn(() => Bun.password.hash(secret, ARGON2)),
		verify: (secret, hash) => inTurn(() => Bun.password.verify(secret, hash)),
	};
}
