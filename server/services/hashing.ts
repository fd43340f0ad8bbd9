/**
 * Slow hashing of passwords and PINs, never more than two at a time: each argon2id run takes 64 MiB and a core, so a
 * flood of sign-ins would otherwise starve the door (TRUST A29).
 */
import { unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

/**
 * password: argon2id, 64 MiB, two passes: Bun's own default, above the 46 MiB at one pass that ASVS 5 App. C asks for.
 * pin: 19 MiB, two passes (the OWASP minimum): a PIN is peppered and throttled, and a queue waits behind it.
 */
const ARGON2 = {
	password: { algorithm: "argon2id", memoryCost: 65_536, timeCost: 2 },
	pin: { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 },
} as const;

export type HashingCost = keyof typeof ARGON2;

/** Fails with `errors.busy` when too many wait already. */
export interface Hashing {
	hash(secret: string, cost?: HashingCost): Promise<Result<string>>;
	verify(secret: string, hash: string): Promise<Result<boolean>>;
}

export interface HashingLimits {
	/** How many run at once. */
	readonly running: number;
	/** How many may wait. */
	readonly waiting: number;
}

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
		hash: (secret, cost = "password") => inTurn(() => Bun.password.hash(secret, ARGON2[cost])),
		verify: (secret, hash) => inTurn(() => Bun.password.verify(secret, hash)),
	};
}
