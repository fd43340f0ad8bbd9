/** Lets one request run at a time (nonces and counters must arrive in order); urgent ones jump the line and stop a background one. */

export interface TurnTaking {
	/** Runs `work` when its turn comes; `signal` fires when an urgent one needs the line. */
	run<T>(urgent: boolean, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export function makeTurnTaking(): TurnTaking {
	const waiting: { urgent: boolean; start: () => Promise<void> }[] = [];
	let current: { urgent: boolean; stop: AbortController } | undefined;

	async function pump(): Promise<void> {
		if (current) return;
		const index = waiting.findIndex((turn) => turn.urgent);
		const [turn] = waiting.splice(Math.max(index, 0), 1);
		if (!turn) return;
		await turn.start();
		current = undefined;
		void pump();
	}

	return {
		run: (urgent, work) =>
			new Promise((resolve, reject) => {
				const start = async () => {
					const stop = new AbortController();
					current = { urgent, stop };
					await work(stop.signal).then(resolve, reject);
				};
				waiting.push({ urgent, start });
				if (urgent && current && !current.urgent) current.stop.abort();
				void pump();
			}),
	};
}
