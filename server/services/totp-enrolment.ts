/** Linking an authenticator app: the seed waits in memory until the first right code proves that the app has it. */
import { type Clock, HOUR_MS } from "../base/units.ts";
import { acceptCode, newSeed, totpSetup } from "./totp.ts";

export interface TotpOffer {
	/** For the QR code. */
	readonly uri: string;
	/** The seed in letters, to type by hand. */
	readonly typed: string;
}

export interface ProvenSeed {
	readonly seed: Uint8Array;
	/** Step of the code that proved it; it must not count again. */
	readonly step: number;
}

export interface TotpEnrolment {
	/** The same subject gets the same seed for an hour, so that a reloaded page still fits the scanned code. */
	offer(subject: string, issuer: string, login: string): TotpOffer;
	/** Undefined for a wrong code. A right one ends the offer. */
	confirm(subject: string, code: string): ProvenSeed | undefined;
}

const LIFE_MS = HOUR_MS;
const MOST = 200;

export function makeTotpEnrolment({ clock }: { readonly clock: Clock }): TotpEnrolment {
	const offers = new Map<string, { readonly seed: Uint8Array; readonly endsMs: number }>();
	const find = (subject: string) => {
		const found = offers.get(subject);
		return found && found.endsMs > clock.monoMs() ? found : undefined;
	};
	return {
		offer(subject, issuer, login) {
			for (const [key, { endsMs }] of offers)
				if (endsMs <= clock.monoMs() || offers.size >= MOST) offers.delete(key);
			const held = find(subject) ?? { seed: newSeed(), endsMs: clock.monoMs() + LIFE_MS };
			offers.set(subject, held);
			return totpSetup(held.seed, issuer, login);
		},
		confirm(subject, code) {
			const held = find(subject);
			const step = held && acceptCode(held.seed, code, 0, clock.nowMs());
			if (!held || step === undefined) return undefined;
			offers.delete(subject);
			return { seed: held.seed, step };
		},
	};
}
