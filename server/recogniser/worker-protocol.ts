/** Messages between the face engine and its Worker. */
import type { AppError } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import type { DescribedPhoto } from "../recognition/photo-describer.ts";

export interface DescribeMessage {
	readonly job: number;
	readonly bytes: Bytes;
	readonly search: "one" | "all";
}

export type WorkerMessage =
	| { readonly kind: "ready"; readonly backend: string }
	| { readonly kind: "broken"; readonly reason: string }
	| { readonly kind: "described"; readonly job: number; readonly photo: DescribedPhoto }
	| { readonly kind: "refused"; readonly job: number; readonly error: AppError }
	/** A bug inside the Worker while doing this job; the Worker itself lives on. */
	| { readonly kind: "crashed"; readonly job: number; readonly reason: string };
