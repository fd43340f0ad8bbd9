/** Signed-in sessions: made at login, found by token, ended by time or by hand. The token itself is never stored. */
import { createHash } from "node:crypto";
import {
	deleteOldSessions,
	deleteSession,
	findSession,
	insertSession,
	type SessionRow,
	touchSession,
} from "../../db/session.ts";
import { readSetting } from "../../db/setting.ts";
import type { Db, Store, Tx } from "../../db/store.ts";
import { utf8 } from "../base/bytes.ts";
import { randomToken } from "../base/ids.ts";
import { type Clock, HOUR_MS, MINUTE_MS } from "../base/units.ts";

export interface SessionLimits {
	/** Minutes without a request after which a session ends. */
	readonly idleMin: number;
	/** Hours after signing in at which it ends in any case. */
	readonly absoluteHours: number;
}

/** Where `choices.ts` writes the limits. */
export const SESSION_SETTING = "security.session";

/** 15 minutes and 12 hours: TRUST §1.1, row 7.3. The owner may change them. */
export const DEFAULT_LIMITS: SessionLimits = { idleMin: 15, absoluteHours: 12 };

export const sessionLimits = (db: Db): SessionLimits => ({
	...DEFAULT_LIMITS,
	...readSetting<Partial<SessionLimits>>(db, SESSION_SETTING),
});

/** Where a session was opened. */
export interface Origin {
	readonly address: string;
	readonly agent: string;
}

export interface Sessions {
	/** The living session of a token. Notes its use, at most once a minute. */
	find(token: string): SessionRow | undefined;
	/** Opens a session inside the caller's transaction and returns its token (256 bits). */
	open(tx: Tx, accountId: string, origin: Origin, nowMs: number): string;
	/** Marks the second factor as just shown and gives the session a new token. */
	renew(tx: Tx, session: SessionRow, nowMs: number): string;
	end(token: string): Promise<void>;
}

export const hashToken = (token: string): Uint8Array =>
	new Uint8Array(createHash("sha256").update(utf8(token)).digest());

export function makeSessions({ store, clock }: { readonly store: Store; readonly clock: Clock }): Sessions {
	const open = (tx: Tx, row: Omit<SessionRow, "tokenHash">): string => {
		const token = randomToken();
		insertSession(tx, { ...row, tokenHash: hashToken(token) });
		return token;
	};
	return {
		find(token) {
			const row = findSession(store, hashToken(token));
			if (!row || !isAlive(row, sessionLimits(store), clock.nowMs())) return undefined;
			noteUse(store, row, clock.nowMs());
			return row;
		},
		open(tx, accountId, { address, agent }, nowMs) {
			const limits = sessionLimits(tx);
			deleteOldSessions(tx, nowMs - limits.idleMin * MINUTE_MS, nowMs - limits.absoluteHours * HOUR_MS);
			const times = { createdMs: nowMs, usedMs: nowMs, provedMs: nowMs };
			return open(tx, { accountId, address, agent: agent.slice(0, 200), ...times });
		},
		renew(tx, session, nowMs) {
			deleteSession(tx, session.tokenHash);
			return open(tx, { ...session, usedMs: nowMs, provedMs: nowMs });
		},
		end: (token) => store.commit((tx) => deleteSession(tx, hashToken(token))),
	};
}

const isAlive = (row: SessionRow, limits: SessionLimits, nowMs: number): boolean =>
	nowMs - row.usedMs <= limits.idleMin * MINUTE_MS && nowMs - row.createdMs <= limits.absoluteHours * HOUR_MS;

/** To the minute, so that reading pages does not write on every click. A refused write only shortens the idle time. */
function noteUse(store: Store, row: SessionRow, nowMs: number): void {
	if (nowMs - row.usedMs < MINUTE_MS) return;
	store.commit((tx) => touchSession(tx, row.tokenHash, nowMs)).catch(() => undefined);
}
