/** Carries out each order about stuck punches once, and remembers which was done for the next report. */
import type { StuckOrder } from "../../server/protocol/stuck.ts";
import type { Queue } from "../device/queue.ts";

export interface StuckOrders {
	/** Does it unless it is done or being done; `whenDone` follows. */
	obey(order: StuckOrder | undefined, whenDone: () => void): Promise<void>;
	/** Id of the last order done. */
	done(): number | undefined;
}

export function makeStuckOrders(queue: Pick<Queue, "obey">): StuckOrders {
	let done: number | undefined;
	let isBusy = false;
	return {
		done: () => done,
		async obey(order, whenDone) {
			if (!order || isBusy || order.id === done) return;
			isBusy = true;
			try {
				if (await queue.obey(order)) done = order.id;
			} finally {
				isBusy = false;
			}
			whenDone();
		},
	};
}
