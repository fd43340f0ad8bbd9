/** The port through which services get faces out of photos. The implementation runs in a Worker, see `server/recogniser/`. */
import type { Bytes } from "../base/bytes.ts";
import type { Result } from "../base/result.ts";
import type { Descriptor } from "./descriptor.ts";
import type { Landmarks } from "./face-types.ts";
import type { Recogniser } from "./model.ts";
import type { Advice, FrameMeasures } from "./quality.ts";

export interface DescribedFace {
	/** Detector box, score, pose and light, in pixels of the clean picture. */
	readonly measures: FrameMeasures;
	/** In pixels of the clean picture; only when asked for. */
	readonly landmarks?: Landmarks;
	/** Verdict of the gates for uploaded photos; judge by `assessFrame` where others apply. */
	readonly advice: Advice;
	/** By the recogniser asked for; the first of `nets` when several were. */
	readonly descriptor: Descriptor;
	/** By every recogniser asked for, keyed by its tag. */
	readonly descriptors: Readonly<Record<string, Descriptor>>;
}

export interface DescribedPhoto {
	/** The picture re-encoded: upright, without metadata, longest side at most 1600 px. Store this one; the descriptors were computed from it. */
	readonly jpeg: Bytes;
	readonly width: number;
	readonly height: number;
	/** Biggest first; empty when there is no face. */
	readonly faces: readonly DescribedFace[];
}

/** `now`: somebody waits at a screen; `soon`: a punch to be decided; `later`: re-verification, imports. */
export type PhotoPriority = "now" | "soon" | "later";

export interface DescribeOptions {
	/** Default `soon`. */
	readonly priority?: PhotoPriority;
	/** `one` stops at the first detector size that finds a face (evidence frames); `all` (default) also looks for small ones. */
	readonly search?: "one" | "all";
	/** Tags of the recognisers to describe with. Default: the one in force alone. */
	readonly nets?: readonly string[];
	/** Default false. */
	readonly landmarks?: boolean;
}

/**
 * Failures: invalid `photo.not_an_image`, `photo.heic`, `photo.truncated`, `photo.damaged`, `photo.too_large` (pixels),
 * `photo.too_many_bytes`, `photo.too_small`; not_found `face.net_unknown` (a tag in `nets`); unavailable `face.busy`, `face.timeout`, `face.down`.
 * No face is not a failure.
 */
export interface PhotoDescriber {
	/** The one in force. */
	readonly recogniser: Recogniser;
	describePhoto(bytes: Uint8Array, options?: DescribeOptions): Promise<Result<DescribedPhoto>>;
}
