/** One at a time per key: the next piece of work starts when the one before has ended, well or badly. Other keys never wait. */

export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function makeTurns(): Turns {
	const tails = new Map<string, Promise<unknown>>();
	return <T>(key: string, work: () => Promise<T>): Promise<T> => {
		const mine = (tails.get(key) ?? Promise.resolve()).then(work, work);
		const settled = mine.then(
			() => undefined,
			() => undefined,
		);
		tails.set(key, settled);
		void settled.then(() => tails.get(key) === settled && tails.delete(key));
		return mine;
	};
}
