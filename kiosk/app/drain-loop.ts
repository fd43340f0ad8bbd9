/** Keeps draining the queue while the link is up. */
import type { Queue } from "../device/queue.ts";

/** Sends what waits, batch after batch, while the link is up; one run at a time. */
export function makeDrain(queue: Queue, online: () => boolean): () => Promise<void> {
	let running = false;
	let notBeforeMs = 0;
	return async () => {
		if (running || performance.now() < notBeforeMs) return;
		running = true;
		try {
			while (online()) {
				const outcome = await queue.drain();
				if (outcome === "more") continue;
				if (typeof outcome === "object") notBeforeMs = performance.now() + outcome.waitSec * 1_000;
				break;
			}
		} finally {
			running = false;
		}
	};
}
