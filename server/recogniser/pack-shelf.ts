/** The packs a face engine has beside its built-in net: which are known, which is in force, who waits for one to load. Talks to no Worker itself. */
import { type AppError, invalid, unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { GraphNetFiles } from "../recognition/graph-net.ts";
import { FACE_API_RECOGNISER, type Recogniser, recogniserTag } from "../recognition/model.ts";
import type { LoadPackMessage } from "./worker-protocol.ts";

type Settle = (result: Result<void>) => void;

export class PackShelf {
	#packs = new Map<string, GraphNetFiles>();
	#waiting = new Map<string, Settle[]>();
	#active: Recogniser = FACE_API_RECOGNISER;

	get active(): Recogniser {
		return this.#active;
	}

	/** The built-in one first. */
	all(): Recogniser[] {
		return [FACE_API_RECOGNISER, ...[...this.#packs.values()].map(({ recogniser }) => recogniser)];
	}

	/** What to tell a Worker that has just started. */
	orders(): LoadPackMessage[] {
		return [...this.#packs].map(([tag, files]) => ({ kind: "load_pack", tag, files }));
	}

	put(files: GraphNetFiles): LoadPackMessage {
		const tag = recogniserTag(files.recogniser);
		this.#packs.set(tag, files);
		return { kind: "load_pack", tag, files };
	}

	/** Resolves when a Worker has said what became of the pack. */
	loaded(tag: string): Promise<Result<void>> {
		return new Promise((resolve) => {
			this.#waiting.set(tag, [...(this.#waiting.get(tag) ?? []), resolve]);
		});
	}

	/** The Worker's word on a pack: one that does not run is forgotten. */
	hear(tag: string, reason: string | undefined): void {
		if (reason !== undefined) this.drop(tag);
		this.#settle(tag, reason === undefined ? ok(undefined) : fail(invalid("packs.net_will_not_run")));
	}

	/** Nobody will answer any more; a pack that took its Worker with it is not tried again. */
	giveUp(error: AppError = unavailable("face.down")): void {
		for (const tag of [...this.#waiting.keys()]) {
			this.drop(tag);
			this.#settle(tag, fail(error));
		}
	}

	/** The built-in net is in force again when the dropped one was. */
	drop(tag: string): boolean {
		if (recogniserTag(this.#active) === tag) this.#active = FACE_API_RECOGNISER;
		return this.#packs.delete(tag);
	}

	/** False when there is no such net. */
	use(tag: string): boolean {
		const found = this.all().find((recogniser) => recogniserTag(recogniser) === tag);
		if (found) this.#active = found;
		return found !== undefined;
	}

	#settle(tag: string, result: Result<void>): void {
		const waiting = this.#waiting.get(tag) ?? [];
		this.#waiting.delete(tag);
		for (const settle of waiting) settle(result);
	}
}
