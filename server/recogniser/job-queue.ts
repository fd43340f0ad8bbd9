/** A bounded waiting line with three priorities; first come, first served within one. */
import type { PhotoPriority } from "../recognition/photo-describer.ts";

export interface JobQueue<Job> {
	readonly waiting: number;
	/** False when the line is full: the caller is told to try later. A full line of `later` jobs still takes the others. */
	push(job: Job, priority: PhotoPriority): boolean;
	shift(): Job | undefined;
	/** Empties the line and returns what waited. */
	drain(): Job[];
}

const ORDER: readonly PhotoPriority[] = ["now", "soon", "later"];

/** A line for `capacity` jobs, half of which at most may be `later` ones. */
export function makeJobQueue<Job>(capacity: number): JobQueue<Job> {
	const lines: Record<PhotoPriority, Job[]> = { now: [], soon: [], later: [] };
	const waiting = () => ORDER.reduce((sum, priority) => sum + lines[priority].length, 0);
	return {
		get waiting() {
			return waiting();
		},
		push(job, priority) {
			if (waiting() >= capacity) return false;
			if (priority === "later" && lines.later.length >= capacity / 2) return false;
			lines[priority].push(job);
			return true;
		},
		shift() {
			return lines[ORDER.find((priority) => lines[priority].length > 0) ?? "later"].shift();
		},
		drain: () => ORDER.flatMap((priority) => lines[priority].splice(0)),
	};
}
