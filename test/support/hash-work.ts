/** Writes down every slow hash that a box computes, with its cost; the hashing itself stays as it is. */
import type { Hashing } from "../../server/services/hashing.ts";

/** `hash` or `verify` with the argon2 parameters, in order, since the last call. */
export function watchHashing(hashing: Hashing): () => string[] {
	const { hash, verify } = hashing;
	let work: string[] = [];
	const costOf = (phc: string) => phc.split("$").slice(1, 4).join(" ");
	hashing.hash = async (secret, cost) => {
		const made = await hash(secret, cost);
		work.push(`hash ${made.ok ? costOf(made.value) : made.error.code}`);
		return made;
	};
	hashing.verify = (secret, phc) => {
		work.push(`verify ${costOf(phc)}`);
		return verify(secret, phc);
	};
	return () => {
		const done = work;
		work = [];
		return done;
	};
}
