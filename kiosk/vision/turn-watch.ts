/** Follows one turn of the head: which looks are told to the box, and of which three the picture goes along. Judges nothing; the box does. */
import { MOST_TURN_SAMPLES, TENTHS, type TurnAnswer } from "../../server/protocol/turn.ts";
import { type Side, TURN_RULES } from "../../server/recognition/challenge.ts";
import type { Landmarks } from "../../server/recognition/face-types.ts";
import { headPose } from "../../server/recognition/head-pose.ts";

export interface TurnTask {
	readonly id: string;
	readonly side: Side;
	readonly windowMs: number;
}

export type TurnProgress =
	| { readonly kind: "turning" /** 0–1 of the way. */; readonly share: number }
	| { readonly kind: "turned"; readonly id: string; readonly answer?: TurnAnswer };

export interface TurnWatch {
	/** One look, `atMs` on a clock that never goes back; without landmarks when no single face was there. */
	look(atMs: number, landmarks: Landmarks | undefined): Promise<TurnProgress>;
}

/** The turn begins at a face that looks into the camera, as at the punch. */
const FRONT_YAW = 0.25;
/** A little more than the box asks for: it measures anew. */
const ENOUGH_YAW = TURN_RULES.minYaw + 0.05;
const HALF_WAY = 0.35;

type Moment = "before" | "half" | "end";

/** `jpeg` gives the frame just looked at, base64. The window begins with the first look. */
export function makeTurnWatch({ id, side, windowMs }: TurnTask, jpeg: () => Promise<string>): TurnWatch {
	const samples: TurnAnswer["samples"] = [];
	const frames: TurnAnswer["frames"] = [];
	let startMs: number | undefined;
	let frontYaw: number | undefined;
	let farthest = 0;

	const keep = async (moment: Moment, sample: number) => {
		const frame = { sample, jpeg: await jpeg() };
		if (moment === "end" && frames.length > 2) frames.pop();
		frames.push(frame);
	};

	/** How far towards the asked side, 0–1; the half-way frame and the farthest one are kept. */
	const follow = async (landmarks: Landmarks): Promise<number> => {
		const { yawProxy } = headPose(landmarks);
		const sample = samples.length - 1;
		if (frontYaw === undefined) {
			if (Math.abs(yawProxy) > FRONT_YAW) return 0;
			frontYaw = yawProxy;
			await keep("before", sample);
			return 0;
		}
		const turned = side === "left" ? yawProxy - frontYaw : frontYaw - yawProxy;
		const share = turned / ENOUGH_YAW;
		if (frames.length === 1 && share >= HALF_WAY && share < 1) await keep("half", sample);
		else if (turned >= TURN_RULES.minYaw && turned > farthest) {
			farthest = turned;
			await keep("end", sample);
		}
		return Math.min(Math.max(share, 0), 1);
	};

	const finish = (): TurnProgress =>
		samples.length === 0 ? { kind: "turned", id } : { kind: "turned", id, answer: { id, samples, frames } };

	return {
		async look(atMs, landmarks) {
			startMs ??= atMs;
			const sinceMs = Math.round(atMs - startMs);
			if (sinceMs > windowMs || samples.length >= MOST_TURN_SAMPLES) return finish();
			if (!landmarks) return { kind: "turning", share: 0 };
			samples.push({ atMs: sinceMs, points: pointsOf(landmarks) });
			const share = await follow(landmarks);
			return share >= 1 && samples.length >= TURN_RULES.minSamples ? finish() : { kind: "turning", share };
		},
	};
}

const pointsOf = (landmarks: Landmarks): number[] =>
	landmarks.flatMap(({ x, y }) => [Math.round(x * TENTHS), Math.round(y * TENTHS)]);
