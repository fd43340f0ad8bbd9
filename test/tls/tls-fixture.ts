/** What the TLS tests share: a clock that is set by hand, a folder that is thrown away, and the openssl command. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../server/base/units.ts";
import { makeVault, NO_PERSON_KEYS } from "../../server/vault/vault.ts";

/** Noon of a day in spring 2027. */
export const START_MS = Date.UTC(2027, 2, 1, 12);

export function handClock(startMs = START_MS): Clock & { setMs(ms: number): void } {
	let now = startMs;
	const setMs = (ms: number) => {
		now = ms;
	};
	return { nowMs: () => now, monoMs: () => now, setMs };
}

/** The vault of a box; of another box for another `root`. */
export const testVault = (root = 7) => makeVault(new Uint8Array(32).fill(root), NO_PERSON_KEYS);

/** A fresh folder; call `drop` at the end. */
export function scratch(): { folder: string; drop(): void } {
	const folder = mkdtempSync(join(tmpdir(), "dianmao-tls-"));
	return { folder, drop: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs openssl and returns its exit code and all it said. */
export function openssl(...args: string[]): { code: number; text: string } {
	const run = Bun.spawnSync(["openssl", ...args]);
	return { code: run.exitCode, text: `${run.stdout}${run.stderr}` };
}

/** `openssl verify -x509_strict` of a chain's first certificate for a server called `host` at `nowMs`. */
export function strictVerify(folder: string, caPem: string, chainPem: string, host: string, nowMs: number) {
	writeFileSync(join(folder, "verify-ca.pem"), caPem);
	writeFileSync(join(folder, "verify-leaf.pem"), chainPem);
	const name = /^[\d.]+$|:/.test(host) ? ["-verify_ip", host] : ["-verify_hostname", host];
	const at = ["-attime", String(Math.floor(nowMs / 1000))];
	const purpose = ["-x509_strict", "-purpose", "sslserver", "-CAfile", join(folder, "verify-ca.pem")];
	return openssl("verify", ...purpose, ...at, ...name, join(folder, "verify-leaf.pem"));
}
