/** A typed, in-process event bus. Listeners run after the commit that caused the event; one that throws harms no other. */

export interface EventBus<Events> {
	emit<K extends keyof Events>(name: K, payload: Events[K]): void;
	/** Returns the function that unsubscribes. */
	on<K extends keyof Events>(name: K, listener: (payload: Events[K]) => void): () => void;
}

export function makeEventBus<Events>(onListenerError: (error: unknown) => void): EventBus<Events> {
	const listeners = new Map<keyof Events, Set<(payload: never) => void>>();
	return {
		emit(name, payload) {
			for (const listener of listeners.get(name) ?? []) {
				try {
					listener(payload as never);
				} catch (error) {
					onListenerError(error);
				}
			}
		},
		on(name, listener) {
			const set = listeners.get(name) ?? new Set();
			listeners.set(name, set.add(listener as (payload: never) => void));
			return () => set.delete(listener as (payload: never) => void);
		},
	};
}
