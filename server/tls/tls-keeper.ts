/**
 * Holds what the HTTPS listener serves: the owner's certificate when there is a sound one, else a leaf of the box's
 * own authority. Renews before the end and whenever a name or address is added. Restarts no listener itself.
 */
import type { AppError } from "../base/app-error.ts";
import { type EventBus, makeEventBus } from "../base/event-bus.ts";
import { ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { Authority } from "./authority.ts";
import { keepAuthority } from "./authority-keeping.ts";
import { splitNames } from "./leaf.ts";
import { checkOwnCertificate, type OwnCertificate } from "./own-certificate.ts";
import { joinPair } from "./pem.ts";
import { openTlsStore, type Sealer } from "./store.ts";
import {
	firstLeaf,
	loadOwn,
	materialOf,
	renewWhenDue,
	type TlsMaterial,
	type TlsState,
} from "./tls-state.ts";

export interface TlsKeeperOptions {
	/** Folder of keys and certificates, made when missing. */
	readonly folder: string;
	/** Under which private keys lie there. */
	readonly sealer: Sealer;
	readonly clock: Clock;
	/** Name of the machine; limits the authority when it is first made. */
	readonly hostName: string;
	/** All names and addresses under which the box is reached now, the preferred one first. Asked on every check. */
	readonly names: () => readonly string[];
	/** Receives what went wrong in the background (a full disk, a listener that threw). */
	readonly onError: (error: unknown) => void;
	/** How often names and dates are checked; 15 s makes a new DHCP address work before anyone looks. */
	readonly everyMs?: number;
}

export interface TlsEvents {
	/** The listener must be restarted with this. */
	renewed: TlsMaterial;
}

export interface TlsKeeper extends Pick<EventBus<TlsEvents>, "on"> {
	current(): TlsMaterial;
	/** The box's own authority, kept even while the owner's certificate is served. */
	authority(): Authority;
	/** True when the authority was made by this start. */
	readonly isNewAuthority: boolean;
	/** Why the owner's stored certificate is not served, if so. */
	ownProblem(): AppError | undefined;
	/** Renews when due; resolves to whether it did. Runs by itself after `start`. */
	check(): Promise<boolean>;
	/** Checks, stores and serves the owner's certificate, which must cover `needed`. Fails with `tls.own_*`. */
	useOwnCertificate(
		input: { readonly certificate: string; readonly key: string },
		needed: readonly string[],
	): Promise<Result<TlsMaterial>>;
	/** Goes back to the box's own authority. */
	dropOwnCertificate(): Promise<TlsMaterial>;
	start(): void;
	stop(): void;
}

const CHECK_EVERY_MS = 15_000;

/** Opens the folder and makes whatever is missing. Fails as `keepAuthority` does; throws on broken I/O. */
export async function openTlsKeeper(options: TlsKeeperOptions): Promise<Result<TlsKeeper>> {
	const store = openTlsStore(options.folder, options.sealer);
	const nowMs = options.clock.nowMs();
	const kept = await keepAuthority(store, options.hostName, nowMs);
	if (!kept.ok) return kept;
	const { authority, isNew } = kept.value;
	const { names, leftOut } = splitNames(options.names(), authority.permitted);
	const leaf = await firstLeaf(store, authority, names, nowMs, options.onError);
	const state: TlsState = { store, authority, leaf, leftOut };
	loadOwn(state, nowMs);
	return ok(makeKeeper(options, state, isNew));
}

/** Runs one change at a time: two renewals at once would part the file from what is served. */
function makeQueue() {
	let last: Promise<unknown> = Promise.resolve();
	return <T>(work: () => Promise<T>): Promise<T> => {
		const turn = last.then(work);
		last = turn.catch(() => undefined);
		return turn;
	};
}

function makeTimer(check: () => Promise<unknown>, { everyMs = CHECK_EVERY_MS, onError }: TlsKeeperOptions) {
	let timer: ReturnType<typeof setInterval> | undefined;
	return {
		start() {
			timer ??= setInterval(() => check().catch(onError), everyMs);
			timer.unref();
		},
		stop() {
			clearInterval(timer);
			timer = undefined;
		},
	};
}

function setOwn(state: TlsState, own: OwnCertificate | undefined): void {
	if (own) state.store.write("own.pem", joinPair([own.chainPem], own.keyPem));
	else state.store.remove("own.pem");
	state.own = own;
	state.ownProblem = undefined;
}

function makeKeeper(options: TlsKeeperOptions, state: TlsState, isNewAuthority: boolean): TlsKeeper {
	const events = makeEventBus<TlsEvents>(options.onError);
	const inTurn = makeQueue();
	const nowMs = () => options.clock.nowMs();
	const announce = (): TlsMaterial => {
		const material = materialOf(state);
		events.emit("renewed", material);
		return material;
	};
	const check = () =>
		inTurn(async () => {
			const changed = await renewWhenDue(state, options.names(), nowMs(), options.onError);
			if (changed) announce();
			return changed;
		});
	return {
		on: events.on,
		isNewAuthority,
		current: () => materialOf(state),
		authority: () => state.authority,
		ownProblem: () => state.ownProblem,
		check,
		useOwnCertificate: (input, needed) =>
			inTurn(async () => {
				const checked = checkOwnCertificate(input, needed, nowMs());
				if (!checked.ok) return checked;
				setOwn(state, checked.value);
				return ok(announce());
			}),
		dropOwnCertificate: () =>
			inTurn(async () => {
				setOwn(state, undefined);
				return announce();
			}),
		...makeTimer(check, options),
	};
}
