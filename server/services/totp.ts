/** One-time codes of an authenticator app: RFC 6238 with SHA-1, 6 digits, 30 s, which every app knows. Pure apart from the random seed. */
import { Secret, TOTP } from "otpauth";

const PERIOD_MS = 30_000;

/** 160 random bits, as RFC 4226 §4 recommends. */
export const newSeed = (): Uint8Array => crypto.getRandomValues(new Uint8Array(20));

const totp = (seed: Uint8Array, issuer = "", label = "") =>
	new TOTP({
		secret: new Secret({ buffer: new Uint8Array(seed).buffer }),
		issuer,
		label,
		digits: 6,
		period: 30,
	});

/** The address a QR code carries, and the seed to type by hand in groups of four. */
export const totpSetup = (seed: Uint8Array, issuer: string, login: string) => ({
	uri: totp(seed, issuer, login).toString(),
	typed: totp(seed)
		.secret.base32.replace(/(.{4})/g, "$1 ")
		.trim(),
});

/**
 * The step of a right code, to be stored; undefined for a wrong one and for one whose step was used before.
 * One step of drift either way is let pass.
 */
export function acceptCode(
	seed: Uint8Array,
	code: string,
	usedStep: number,
	nowMs: number,
): number | undefined {
	const delta = totp(seed).validate({ token: code.replace(/\s/g, ""), timestamp: nowMs, window: 1 });
	if (delta === null) return undefined;
	const step = Math.floor(nowMs / PERIOD_MS) + delta;
	return step > usedStep ? step : undefined;
}

/** The code an app would show; for tests and the demo. */
export const codeAt = (seed: Uint8Array, nowMs: number): string => totp(seed).generate({ timestamp: nowMs });
