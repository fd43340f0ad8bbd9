/** Who does an act and from where; what every sealed service call takes. */
import type { Actor } from "./sealing.ts";

export interface By {
	readonly actor: Actor;
	/** Network address, for the audit. */
	readonly address: string;
}
