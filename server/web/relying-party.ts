/** The site as passkeys know it: its name in the address bar. */
import type { Party } from "../services/passkeys.ts";

const ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** Undefined when the site was opened by a bare address, for which browsers make no passkeys. */
export function partyOf(request: Request, siteName: string): Party | undefined {
	const { hostname, origin } = new URL(request.url);
	return ADDRESS.test(hostname) ? undefined : { id: hostname, origin, name: siteName };
}
