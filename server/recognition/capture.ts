/**
 * From single frames to one probe: a pure state machine that asks for a good picture, gathers agreeing frames and
 * notices a covered or frozen camera. Keeps descriptors only until `ready`; whoever drives it forgets them afterwards.
 */
import type { Descriptor } from "./descriptor.ts";
import { agrees, averageDescriptor } from "./descriptor.ts";
import type { DetectedFace } from "./face-types.ts";
import { boxArea } from "./face-types.ts";
import type { FramePrint } from "./image-stats.ts";
import type { Normalise } from "./model.ts";
import type { Advice, FrameMeasures } from "./quality.ts";

/** What one look at one frame yielded. */
export interface LookedFrame {
	/** Monotonic milliseconds. */
	readonly atMs: number;
	readonly print: FramePrint;
	readonly faces: readonly DetectedFace[];
	/** Of the biggest face; undefined without a face. */
	readonly measures?: FrameMeasures;
	readonly advice?: Advice;
	/** Only of frames whose advice is `ok` and that show one face. */
	readonly descriptor?: Descriptor;
}

/** One point of the head's path during a visit: the seam a later liveness challenge builds on. */
export interface PoseSample {
	readonly atMs: number;
	readonly yawProxy: number;
	readonly pitchProxy: number;
}

export interface KeptFrame {
	readonly atMs: number;
	readonly descriptor: Descriptor;
	readonly measures: FrameMeasures;
}

export interface CaptureState {
	readonly kept: readonly KeptFrame[];
	readonly path: readonly PoseSample[];
	readonly print?: FramePrint;
	/** Since when the print has not changed, and since when the picture has been black. */
	readonly sameSinceMs: number;
	readonly blackSinceMs?: number;
}

export type CaptureOutput =
	/** Nobody there. */
	| { readonly kind: "waiting" }
	/** `yaw`: where the head points, when a face was found. */
	| { readonly kind: "look"; readonly advice: Exclude<Advice, "ok">; readonly yaw?: number }
	| { readonly kind: "agreeing"; readonly have: number; readonly need: number; readonly yaw?: number }
	/** Others stand so near that the punch could be credited to the wrong one. */
	| { readonly kind: "several"; readonly faces: number }
	| { readonly kind: "camera"; readonly fault: "black" | "frozen" }
	| { readonly kind: "ready"; readonly probe: Probe };

export interface Probe {
	/** Mean of the agreeing frames. */
	readonly descriptor: Descriptor;
	readonly frames: number;
	/** Measures of the last frame: the one kept as evidence. */
	readonly measures: FrameMeasures;
	readonly path: readonly PoseSample[];
}

export interface CaptureRules {
	/** Agreeing frames that make a probe. */
	readonly need: number;
	/** Largest distance of a frame to the mean of the kept ones. */
	readonly agreement: number;
	/** How the net averages descriptors. */
	readonly normalise: Normalise;
	/** Kept frames older than this are dropped. Long enough for three frames on a slow tablet (0.9 s each). */
	readonly keepMs: number;
	/** Faces at least this share of the biggest one's area count as several. */
	readonly severalRatio: number;
	/** A picture that stays the same, or black, this long is a camera fault. Live sensors always have noise. */
	readonly faultMs: number;
}

/** `need` comes from policy, the rest from the recogniser. */
export const captureRules = (
	need: number,
	agreement: number,
	normalise: Normalise = "none",
): CaptureRules => ({
	need,
	agreement,
	normalise,
	keepMs: 4_000,
	severalRatio: 0.6,
	faultMs: 2_000,
});

export const emptyCapture = (): CaptureState => ({ kept: [], path: [], sameSinceMs: 0 });

/** How many faces are big enough, compared with the biggest, to be meant. */
export function countRivals(faces: readonly DetectedFace[], ratio: number): number {
	const areas = faces.map((f) => boxArea(f.box));
	const limit = ratio * Math.max(0, ...areas);
	return areas.filter((area) => area >= limit).length;
}

/** Feeds one looked-at frame. After `ready` the state is empty again. */
export function stepCapture(
	state: CaptureState,
	frame: LookedFrame,
	rules: CaptureRules,
): { state: CaptureState; output: CaptureOutput } {
	const watched = watchCamera(state, frame);
	const fault = cameraFault(watched, frame.atMs, rules);
	const lost = { ...watched, kept: [], path: [] };
	if (fault) return { state: lost, output: { kind: "camera", fault } };
	const faces = countRivals(frame.faces, rules.severalRatio);
	if (faces === 0)
		return { state: { ...watched, kept: fresh(watched, frame, rules) }, output: { kind: "waiting" } };
	if (faces > 1) return { state: lost, output: { kind: "several", faces } };
	return gather(watched, frame, rules);
}

/** A picture already looked at counts once; this only asks whether the camera has stood still for too long. Undefined: a new picture, look at it. */
export function stillFrame(
	state: CaptureState,
	print: FramePrint,
	atMs: number,
	rules: CaptureRules,
): "same" | "frozen" | "black" | undefined {
	if (state.print?.hash !== print.hash) return undefined;
	if (atMs - state.sameSinceMs <= rules.faultMs) return "same";
	return isBlack(print) ? "black" : "frozen";
}

/** Watches the camera alone, where frames are looked at for something else than a probe. */
export function watchFrame(
	state: CaptureState,
	frame: Pick<LookedFrame, "atMs" | "print">,
	rules: CaptureRules,
): { state: CaptureState; fault?: "black" | "frozen" } {
	const watched = watchCamera(state, frame);
	return { state: watched, fault: cameraFault(watched, frame.atMs, rules) };
}

/** A covered lens or an empty signal. */
const isBlack = (print: FramePrint): boolean => print.meanLuma < 12 && print.lumaDeviation < 4;

function watchCamera(
	state: CaptureState,
	{ print, atMs }: Pick<LookedFrame, "atMs" | "print">,
): CaptureState {
	const same = state.print?.hash === print.hash;
	return {
		...state,
		print,
		sameSinceMs: same ? state.sameSinceMs : atMs,
		blackSinceMs: isBlack(print) ? (state.blackSinceMs ?? atMs) : undefined,
	};
}

function cameraFault(state: CaptureState, atMs: number, rules: CaptureRules): "black" | "frozen" | undefined {
	if (state.blackSinceMs !== undefined && atMs - state.blackSinceMs >= rules.faultMs) return "black";
	return atMs - state.sameSinceMs > rules.faultMs ? "frozen" : undefined;
}

const fresh = (state: CaptureState, frame: LookedFrame, rules: CaptureRules): KeptFrame[] =>
	state.kept.filter((kept) => frame.atMs - kept.atMs <= rules.keepMs);

function gather(state: CaptureState, frame: LookedFrame, rules: CaptureRules) {
	const { measures, descriptor, advice = "low_score" } = frame;
	const kept = fresh(state, frame, rules);
	const path = measures ? [...state.path, poseSample(frame.atMs, measures)].slice(-40) : state.path;
	if (advice !== "ok" || !measures || !descriptor) {
		const asked = advice === "ok" ? "low_score" : advice;
		const output: CaptureOutput = { kind: "look", advice: asked, yaw: measures?.pose.yawProxy };
		return { state: { ...state, kept, path }, output };
	}
	const same = agrees(
		kept.map((k) => k.descriptor),
		descriptor,
		rules.agreement,
	);
	const now = [...(same ? kept : []), { atMs: frame.atMs, descriptor, measures }];
	const walked = same ? path : path.slice(-1);
	if (now.length < rules.need) {
		const output: CaptureOutput = { kind: "agreeing", have: now.length, need: rules.need };
		return { state: { ...state, kept: now, path: walked }, output };
	}
	const mean = averageDescriptor(
		now.map((k) => k.descriptor),
		rules.normalise,
	);
	const probe: Probe = { descriptor: mean, frames: now.length, measures, path: walked };
	return { state: { ...state, kept: [], path: [] }, output: { kind: "ready" as const, probe } };
}

const poseSample = (atMs: number, { pose }: FrameMeasures): PoseSample => ({
	atMs,
	yawProxy: pose.yawProxy,
	pitchProxy: pose.pitchProxy,
});

/** Shift of the eyes between two frames over the face width; undefined when either has no face. */
export function movedRatio(before: FrameMeasures | undefined, now: FrameMeasures): number | undefined {
	if (!before) return undefined;
	const dx = now.pose.eyesX - before.pose.eyesX;
	const dy = now.pose.eyesY - before.pose.eyesY;
	return Math.hypot(dx, dy) / now.box.width;
}
