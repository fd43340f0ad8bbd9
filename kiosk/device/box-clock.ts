/** What the kiosk knows of the box's clock: the last difference and how long ago that was by the monotonic clock. */

export interface BoxClock {
	/** Notes a server time just received. */
	learn(serverNowMs: number): void;
	/** Epoch ms by the box's clock as well as it is known, by the monotonic clock since the last contact. */
	nowMs(): number;
	/** For queue entries: absent before the first contact. */
	evidence(): { offsetMs?: number; sinceContactMs?: number };
}

/** `startOffsetMs` from nothing is 0: the device's own clock. */
export function makeBoxClock(
	wallMs: () => number = Date.now,
	monoMs: () => number = () => performance.now(),
): BoxClock {
	let contact: { serverMs: number; offsetMs: number; monoMs: number } | undefined;
	return {
		learn(serverNowMs) {
			contact = { serverMs: serverNowMs, offsetMs: Math.round(serverNowMs - wallMs()), monoMs: monoMs() };
		},
		nowMs: () => (contact ? Math.round(contact.serverMs + monoMs() - contact.monoMs) : wallMs()),
		evidence: () =>
			contact ? { offsetMs: contact.offsetMs, sinceContactMs: Math.round(monoMs() - contact.monoMs) } : {},
	};
}
