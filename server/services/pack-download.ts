/** The owner's "fetch it": one download at a time, with progress, from the address written in the known source and nowhere else. */
import type { AppError } from "../base/app-error.ts";
import { conflict, notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { fetchSource } from "../packs/fetch-source.ts";
import { packFromSource } from "../packs/known-sources.ts";
import type { FacePackSource } from "../protocol/face-pack.ts";
import type { By } from "./author.ts";
import type { FaceNets } from "./face-nets.ts";

export type DownloadState =
	| { readonly kind: "idle" }
	| { readonly kind: "running"; readonly done: number; readonly total: number }
	| { readonly kind: "done"; readonly id: string }
	| { readonly kind: "failed"; readonly error: AppError };

export interface PackDownload {
	/** What can be fetched. */
	readonly sources: readonly FacePackSource[];
	/** Fails with `packs.busy` or `packs.unknown`; everything later is told by `state`. */
	start(modelId: string, by: By): Result<void>;
	state(): DownloadState;
	cancel(): void;
	settled(): Promise<void>;
}

export interface PackDownloadDeps {
	readonly nets: FaceNets;
	readonly sources: readonly FacePackSource[];
	readonly onError: (error: unknown) => void;
}

export function makePackDownload({ nets, sources, onError }: PackDownloadDeps): PackDownload {
	let state: DownloadState = { kind: "idle" };
	let running: Promise<void> = Promise.resolve();
	let stop = new AbortController();

	async function fetchAndKeep(source: FacePackSource, by: By): Promise<Result<{ readonly id: string }>> {
		const files = await fetchSource(
			source,
			({ done, total }) => {
				state = { kind: "running", done, total };
			},
			stop.signal,
		);
		if (!files.ok) return files;
		const pack = packFromSource(source, files.value);
		return pack.ok ? nets.keep(pack.value, "source", by) : pack;
	}

	return {
		sources,
		start(modelId, by) {
			const source = sources.find(({ recogniser }) => recogniser.modelId === modelId);
			if (!source) return fail(notFound("packs.unknown"));
			if (state.kind === "running") return fail(conflict("packs.busy"));
			stop = new AbortController();
			state = { kind: "running", done: 0, total: 1 };
			running = fetchAndKeep(source, by)
				.then((kept) => {
					state = kept.ok ? { kind: "done", id: kept.value.id } : { kind: "failed", error: kept.error };
				})
				.catch((error) => {
					state = { kind: "failed", error: conflict("packs.job_failed") };
					onError(error);
				});
			return ok(undefined);
		},
		state: () => state,
		cancel: () => stop.abort(),
		settled: () => running,
	};
}
