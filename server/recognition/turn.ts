/**
 * What a turn of the head does to a face's 68 landmarks, and what a flat or bent picture of a face cannot imitate.
 * Pure arithmetic on two views; which of them to trust and what follows is `challenge.ts`.
 */
import type { Landmarks, Point } from "./face-types.ts";
import { meanPoint } from "./face-types.ts";
import { headPose } from "./head-pose.ts";
import { fitHomography, residuals } from "./homography.ts";

export interface TurnShape {
	/** Change of the yaw proxy; positive towards the right of the image, which is the person's own left. */
	readonly yawChange: number;
	/** Root mean square of what one plane cannot explain, in eye distances of the second view. Infinite when no plane fits at all. */
	readonly planeError: number;
	/** Narrowing of the face per yaw change: a bent print must be turned much farther than a head for the same yaw. Free of scale. */
	readonly squeeze: number;
	/** How much the far cheek hides against the near one (log ratio) per yaw change: a head hides it, a print keeps it. */
	readonly hiding: number;
}

const JAW_LEFT = 2;
const JAW_RIGHT = 14;
const EYE_OUTER_LEFT = 36;
const EYE_OUTER_RIGHT = 45;
const MOUTH = [48, 54];

/** Compares two views of one face. */
export function turnShape(before: Landmarks, after: Landmarks): TurnShape {
	const [from, to] = [headPose(before), headPose(after)];
	const yawChange = to.yawProxy - from.yawProxy;
	const turned = Math.max(Math.abs(yawChange), 1e-6);
	return {
		yawChange,
		planeError: planeError(before, after, to.eyeDistancePx),
		squeeze: (1 - aspect(after) / aspect(before)) / turned,
		hiding: ((cheekRatio(before) - cheekRatio(after)) * Math.sign(yawChange)) / turned,
	};
}

function planeError(before: Landmarks, after: Landmarks, unitPx: number): number {
	const plane = fitHomography(before, after);
	if (!plane) return Number.POSITIVE_INFINITY;
	const errors = residuals(plane, before, after);
	return Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length) / unitPx;
}

/** Eye distance over the drop from eyes to mouth. */
function aspect(landmarks: Landmarks): number {
	const { eyesX, eyesY, eyeDistancePx } = headPose(landmarks);
	const mouth = meanPoint(landmarks, MOUTH);
	return eyeDistancePx / Math.max(Math.hypot(mouth.x - eyesX, mouth.y - eyesY), 1e-6);
}

/** Cheek on the right of the image against the one on the left, as a logarithm: it falls when the nose points right. */
function cheekRatio(landmarks: Landmarks): number {
	const left = apart(landmarks[JAW_LEFT]!, landmarks[EYE_OUTER_LEFT]!);
	const right = apart(landmarks[JAW_RIGHT]!, landmarks[EYE_OUTER_RIGHT]!);
	return Math.log(Math.max(right, 1e-3) / Math.max(left, 1e-3));
}

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
