/** Finds the authority in the TLS folder, or makes it once. Never replaces one that devices still trust. */
import { type AppError, unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Authority, openAuthority } from "./authority.ts";
import type { TlsStore } from "./store.ts";

/** A clock before this release has lost its battery: a certificate made now would be expired for everyone else. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

export interface KeptAuthority {
	readonly authority: Authority;
	/** True when every device has to trust the box anew. */
	readonly isNew: boolean;
}

/**
 * The stored authority, or a new one when there is none or its ten years are over.
 * Fails with `tls.clock_unset` before a new one could be made with a wrong date, and with
 * `tls.authority_damaged` when the files do not belong together: a person must decide, since all devices are affected.
 */
export async function keepAuthority(
	store: TlsStore,
	hostName: string,
	nowMs: number,
): Promise<Result<KeptAuthority, AppError>> {
	const certPem = store.read("ca.pem");
	if (certPem === undefined) return makeAuthority(store, hostName, nowMs);
	const authority = openAuthority(certPem, store.read("ca-key.pem") ?? "");
	if (!authority) return fail(unavailable("tls.authority_damaged"));
	if (authority.notAfterMs > nowMs) return ok({ authority, isNew: false });
	store.retire("ca.pem", authority.fingerprint.slice(0, 4));
	return makeAuthority(store, hostName, nowMs);
}

/** The key is written first: a certificate on the disk always has its key. */
async function makeAuthority(
	store: TlsStore,
	hostName: string,
	nowMs: number,
): Promise<Result<KeptAuthority, AppError>> {
	if (nowMs < EARLIEST_MS) return fail(unavailable("tls.clock_unset"));
	const { createAuthority } = await import("./issue-authority.ts");
	const { certPem, keyPem } = await createAuthority(hostName, nowMs);
	store.write("ca-key.pem", keyPem);
	store.write("ca.pem", certPem);
	const authority = openAuthority(certPem, keyPem);
	if (!authority) throw new Error("a new authority does not open");
	return ok({ authority, isNew: true });
}
