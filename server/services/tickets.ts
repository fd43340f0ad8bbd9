/** Short-lived secrets held in memory: half-finished sign-ins, WebAuthn challenges. Gone after a restart, which costs one more try. */
import { randomToken } from "../base/ids.ts";
import type { Clock } from "../base/units.ts";

export interface Tickets<T> {
	/** A new 256-bit token for `value`. */
	issue(value: T): string;
	read(token: string): T | undefined;
	/** Reads and ends the ticket: each is good once. */
	take(token: string): T | undefined;
}

export interface TicketOptions {
	readonly clock: Pick<Clock, "monoMs">;
	readonly lifeMs: number;
	/** The oldest go first beyond this, so that memory stays bounded. */
	readonly most?: number;
}

export function makeTickets<T>({ clock, lifeMs, most = 1_000 }: TicketOptions): Tickets<T> {
	const held = new Map<string, { readonly value: T; readonly endsMs: number }>();
	const sweep = (): void => {
		for (const [token, { endsMs }] of held)
			if (endsMs <= clock.monoMs() || held.size >= most) held.delete(token);
	};
	const read = (token: string): T | undefined => {
		const found = held.get(token);
		return found && found.endsMs > clock.monoMs() ? found.value : undefined;
	};
	return {
		issue(value) {
			sweep();
			const token = randomToken();
			held.set(token, { value, endsMs: clock.monoMs() + lifeMs });
			return token;
		},
		read,
		take(token) {
			const value = read(token);
			held.delete(token);
			return value;
		},
	};
}
