/** Messages between the face engine and its Worker. */
import type { AppError } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import type { GraphNetFiles } from "../recognition/graph-net.ts";
import type { DescribedPhoto } from "../recognition/photo-describer.ts";

/** To the Worker. */
export type WorkerOrder = DescribeMessage | LoadPackMessage | DropPackMessage;

/** Loads a pack's net beside those that are there. */
export interface LoadPackMessage {
	readonly kind: "load_pack";
	readonly tag: string;
	readonly files: GraphNetFiles;
}

export interface DropPackMessage {
	readonly kind: "drop_pack";
	readonly tag: string;
}

export interface DescribeMessage {
	readonly kind: "describe";
	readonly job: number;
	readonly bytes: Bytes;
	readonly search: "one" | "all";
	/** Tags to describe with; at least one. */
	readonly nets: readonly string[];
	readonly landmarks: boolean;
}

export type WorkerMessage =
	| { readonly kind: "ready"; readonly backend: string }
	| { readonly kind: "broken"; readonly reason: string }
	/** `reason` when the net would not load or run. */
	| { readonly kind: "pack"; readonly tag: string; readonly reason?: string }
	| { readonly kind: "described"; readonly job: number; readonly photo: DescribedPhoto }
	| { readonly kind: "refused"; readonly job: number; readonly error: AppError }
	/** A bug inside the Worker while doing this job; the Worker itself lives on. */
	| { readonly kind: "crashed"; readonly job: number; readonly reason: string };
