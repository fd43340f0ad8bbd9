/**
 * What is served and why: the leaf of the own authority and the owner's certificate, read, renewed and described.
 * Holds no timer and tells nobody: that is `tls-keeper.ts`.
 */
import type { AppError } from "../base/app-error.ts";
import type { Authority } from "./authority.ts";
import { dnsNames, isLeafDue, type Leaf, openLeaf, splitNames } from "./leaf.ts";
import { checkOwnCertificate, type OwnCertificate } from "./own-certificate.ts";
import { certificateBlocks, joinPair, keyBlock } from "./pem.ts";
import type { TlsStore } from "./store.ts";

/** What a listener needs, and what a page may show of it. */
export interface TlsMaterial {
	readonly source: "own-authority" | "own-certificate";
	/** PEM chain, leaf first. */
	readonly cert: string;
	/** PEM private key. Never logged, never sent. */
	readonly key: string;
	/** The certificate for clients that ask for one of these names (SNI); `cert` is for all others. */
	readonly byName: { readonly names: readonly string[]; readonly cert: string; readonly key: string };
	/** PEM of the box's authority. */
	readonly ca: string;
	readonly names: readonly string[];
	/** Wanted names the authority may not vouch for, such as a public IP address. */
	readonly leftOut: readonly string[];
	readonly notAfterMs: number;
	readonly publiclyTrusted: boolean;
}

export interface TlsState {
	readonly store: TlsStore;
	readonly authority: Authority;
	leaf: Leaf;
	leftOut: readonly string[];
	own?: OwnCertificate;
	ownProblem?: AppError;
}

function readLeaf(store: TlsStore, authority: Authority): Leaf | undefined {
	const text = store.read("leaf.pem");
	const key = text && keyBlock(text);
	const blocks = certificateBlocks(text ?? "");
	if (!key || blocks.length !== 3 || blocks[2] !== authority.pem.trim()) return undefined;
	try {
		return openLeaf(blocks, key);
	} catch {
		return undefined;
	}
}

function storeLeaf(store: TlsStore, leaf: Leaf, onError: (error: unknown) => void): void {
	try {
		const [whole = "", authority = ""] = certificateBlocks(leaf.chainPem);
		const [named = ""] = certificateBlocks(leaf.nameChainPem);
		store.write("leaf.pem", joinPair([whole, named, authority], leaf.keyPem));
	} catch (error) {
		onError(error);
	}
}

/** Takes the owner's stored certificate when it is sound, else notes why not. */
export function loadOwn(state: TlsState, nowMs: number): void {
	const text = state.store.read("own.pem");
	if (text === undefined) return;
	const checked = checkOwnCertificate({ certificate: text, key: text }, [], nowMs);
	state.own = checked.ok ? checked.value : undefined;
	state.ownProblem = checked.ok ? undefined : checked.error;
}

/** What the listener serves in this state. */
export function materialOf({ authority, leaf, leftOut, own }: TlsState): TlsMaterial {
	const served = own ?? leaf;
	return {
		source: own ? "own-certificate" : "own-authority",
		cert: served.chainPem,
		key: served.keyPem,
		byName: {
			names: dnsNames(leaf.names).filter((name) => !own?.names.includes(name)),
			cert: leaf.nameChainPem,
			key: leaf.keyPem,
		},
		ca: authority.pem,
		names: served.names,
		leftOut: own ? [] : leftOut,
		notAfterMs: served.notAfterMs,
		publiclyTrusted: own?.publiclyTrusted ?? false,
	};
}

/** The library that signs is loaded only when there is something to sign: at the first start, and about once a year. */
async function issueLeaf(authority: Authority, names: readonly string[], nowMs: number): Promise<Leaf> {
	const issuing = await import("./issue-leaf.ts");
	return issuing.issueLeaf(authority, names, nowMs);
}

/** The stored leaf when it still serves, else a fresh one. */
export async function firstLeaf(
	store: TlsStore,
	authority: Authority,
	names: readonly string[],
	nowMs: number,
	onError: (error: unknown) => void,
): Promise<Leaf> {
	const stored = readLeaf(store, authority);
	if (stored && !isLeafDue(stored, names, nowMs)) return stored;
	const leaf = await issueLeaf(authority, names, nowMs);
	storeLeaf(store, leaf, onError);
	return leaf;
}

/**
 * Renews the leaf when due and drops an owner's certificate that has run out. Resolves to whether what is served changed;
 * a leaf that cannot be stored is reported to `onError` and still serves until the next start.
 */
export async function renewWhenDue(
	state: TlsState,
	wanted: readonly string[],
	nowMs: number,
	onError: (error: unknown) => void,
): Promise<boolean> {
	const ownBefore = state.own;
	if (ownBefore && ownBefore.notAfterMs <= nowMs) loadOwn(state, nowMs);
	const { names, leftOut } = splitNames(wanted, state.authority.permitted);
	state.leftOut = leftOut;
	if (!isLeafDue(state.leaf, names, nowMs)) return state.own !== ownBefore;
	state.leaf = await issueLeaf(state.authority, names, nowMs);
	storeLeaf(state.store, state.leaf, onError);
	return state.own === undefined || state.own !== ownBefore;
}
