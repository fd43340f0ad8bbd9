/**
 * Judges the answer to "turn your head a little": the kiosk's account of the movement, and what the box itself saw in a few of its frames.
 * Stops a held-up print or a still on a screen, swung, bent or not. Does not stop a video of the right person turning, a mask or a double.
 */
import type { Descriptor } from "./descriptor.ts";
import { distance } from "./descriptor.ts";
import type { Landmarks } from "./face-types.ts";
import { headPose } from "./head-pose.ts";
import { turnShape } from "./turn.ts";

/** The person's own left or right. */
export type Side = "left" | "right";

/** One look of the kiosk at the face during the turn. */
export interface TurnSample {
	/** Milliseconds since the kiosk showed the arrow. */
	readonly atMs: number;
	readonly landmarks: Landmarks;
}

/** A frame handed in with the answer, as the box sees it. */
export interface TurnFrame {
	/** Which sample it belongs to. */
	readonly sample: number;
	readonly landmarks: Landmarks;
	readonly descriptor: Descriptor;
}

/** In the order they are looked for. Those of `MAY_RETRY` may be an honest person who was slow or shy. */
export type TurnFault =
	/** Too few looks, times that run backwards, an unknown sample. */
	| "broken"
	| "late"
	/** The face was lost or jumped: somebody may have swapped it. */
	| "jumped"
	/** The frames do not show what the kiosk told. */
	| "altered"
	| "too_little"
	| "wrong_side"
	| "other_face"
	/** One plane explains the movement, or a bent one would. */
	| "flat";

export const MAY_RETRY: readonly TurnFault[] = [
	"broken",
	"late",
	"jumped",
	"too_little",
	"wrong_side",
	"other_face",
];

export interface TurnRules {
	/** Change of the yaw proxy to the asked side. */
	readonly minYaw: number;
	/** From the arrow to the last sample. */
	readonly windowMs: number;
	readonly minSamples: number;
	/** Longest time without a look: a slow tablet looks three times a second. */
	readonly maxGapMs: number;
	/** Between two looks: shift of the eyes in eye distances, and change of yaw. */
	readonly maxShift: number;
	readonly maxYawStep: number;
	/** Root mean square between told and seen landmarks, in eye distances. */
	readonly maxTold: number;
	/** Below this a flat picture explains the movement. */
	readonly minPlaneError: number;
	readonly maxSqueeze: number;
	readonly minHiding: number;
}

/**
 * Measured by `test/recognition/bench/liveness.ts`: swung prints change the yaw by at most 0.26, one plane leaves at least 0.129 of a real
 * turn of 0.35 unexplained, bent prints squeeze more than 0.62 or hide less than 0.55 (figures in `docs/faces.md`).
 */
export const TURN_RULES: TurnRules = {
	minYaw: 0.35,
	windowMs: 4_000,
	minSamples: 4,
	maxGapMs: 1_200,
	maxShift: 1,
	maxYawStep: 0.3,
	maxTold: 0.1,
	minPlaneError: 0.11,
	maxSqueeze: 0.62,
	minHiding: 0.55,
};

export interface TurnAnswer {
	readonly side: Side;
	readonly samples: readonly TurnSample[];
	/** At least two: before the turn and at its end; more in between. */
	readonly frames: readonly TurnFrame[];
	/** The probe that asked for a name. */
	readonly probe: Descriptor;
	/** Largest distance of two neighbouring looks at one head: at 0, 16 and 32 degrees they lay at most 0.33 apart (built-in net), those of others at least 0.44. */
	readonly sameFace: number;
}

/** The first fault, or undefined for a turn that only a head makes. */
export function judgeTurn(answer: TurnAnswer, rules: TurnRules = TURN_RULES): TurnFault | undefined {
	return (
		judgeTrace(answer.samples, rules) ??
		judgeFrames(answer, rules) ??
		judgeMovement(answer, rules) ??
		judgeFaces(answer) ??
		judgeDepth(answer, rules)
	);
}

function judgeTrace(samples: readonly TurnSample[], rules: TurnRules): TurnFault | undefined {
	if (samples.length < rules.minSamples) return "broken";
	for (const [i, sample] of samples.entries()) {
		const before = samples[i - 1];
		if (sample.landmarks.length !== 68 || (before && !(sample.atMs > before.atMs))) return "broken";
		if (!(sample.atMs >= 0 && sample.atMs <= rules.windowMs)) return "late";
		if (before && isJump(before, sample, rules)) return "jumped";
	}
	return undefined;
}

function isJump(before: TurnSample, now: TurnSample, rules: TurnRules): boolean {
	const [a, b] = [headPose(before.landmarks), headPose(now.landmarks)];
	const shift = Math.hypot(a.eyesX - b.eyesX, a.eyesY - b.eyesY) / a.eyeDistancePx;
	return !(
		now.atMs - before.atMs <= rules.maxGapMs &&
		shift <= rules.maxShift &&
		Math.abs(a.yawProxy - b.yawProxy) <= rules.maxYawStep
	);
}

function judgeFrames({ frames, samples }: TurnAnswer, rules: TurnRules): TurnFault | undefined {
	if (frames.length < 2) return "broken";
	for (const [i, frame] of frames.entries()) {
		const told = samples[frame.sample];
		if (!told || frame.sample <= (frames[i - 1]?.sample ?? -1)) return "broken";
		if (!(landmarkError(told.landmarks, frame.landmarks) <= rules.maxTold)) return "altered";
	}
	return undefined;
}

/** Of several faces in one picture, the one the landmarks tell of. */
export const nearestTo = <F extends { readonly landmarks: Landmarks }>(
	told: Landmarks,
	faces: readonly F[],
): F | undefined =>
	[...faces].sort((a, b) => landmarkError(told, a.landmarks) - landmarkError(told, b.landmarks))[0];

/** Root mean square between two sets of landmarks of one picture, in eye distances. */
function landmarkError(told: Landmarks, seen: Landmarks): number {
	const squares = seen.map((p, i) => (p.x - told[i]!.x) ** 2 + (p.y - told[i]!.y) ** 2);
	return Math.sqrt(squares.reduce((a, b) => a + b, 0) / seen.length) / headPose(seen).eyeDistancePx;
}

function judgeMovement({ side, frames }: TurnAnswer, rules: TurnRules): TurnFault | undefined {
	const { yawChange } = turnOf(frames);
	const towards = side === "left" ? yawChange : -yawChange;
	if (towards >= rules.minYaw) return undefined;
	return towards <= -rules.minYaw ? "wrong_side" : "too_little";
}

const turnOf = (frames: readonly TurnFrame[]) => turnShape(frames[0]!.landmarks, frames.at(-1)!.landmarks);

/** Every frame against the one before it, the first against the probe: half-turned faces lie between, and nobody can swap them. */
function judgeFaces({ frames, probe, sameFace }: TurnAnswer): TurnFault | undefined {
	const faces = [probe, ...frames.map((frame) => frame.descriptor)];
	const isOne = faces.slice(1).every((face, i) => distance(face, faces[i]!) <= sameFace);
	return isOne ? undefined : "other_face";
}

function judgeDepth({ frames }: TurnAnswer, rules: TurnRules): TurnFault | undefined {
	const { planeError, squeeze, hiding } = turnOf(frames);
	const isHead =
		planeError >= rules.minPlaneError && squeeze <= rules.maxSqueeze && hiding >= rules.minHiding;
	return isHead ? undefined : "flat";
}
