/** Where a head points, from 68 landmarks. Proxies good enough for a gate and for a challenge, not angles of a 3-D model. */
import type { Landmarks } from "./face-types.ts";
import { meanPoint } from "./face-types.ts";

export interface HeadPose {
	/** Nose tip off the eyes' midline over the eye distance, along the eye line: 0 is frontal, positive points to the right of the image. */
	readonly yawProxy: number;
	/** Nose tip's height between eye line (0) and mouth (1): about 0.6 is level, less is chin up. */
	readonly pitchProxy: number;
	/** Tilt of the eye line against the horizontal; positive leans clockwise in the image. */
	readonly rollDeg: number;
	/** Midpoint of the eyes and their distance, in picture pixels. */
	readonly eyesX: number;
	readonly eyesY: number;
	readonly eyeDistancePx: number;
}

const LEFT = [36, 37, 38, 39, 40, 41];
const RIGHT = [42, 43, 44, 45, 46, 47];
const MOUTH = [48, 54];
const NOSE_TIP = 30;

/** The pose of a face. With collapsed landmarks the numbers are 0, never NaN. */
export function headPose(landmarks: Landmarks): HeadPose {
	const left = meanPoint(landmarks, LEFT);
	const right = meanPoint(landmarks, RIGHT);
	const dx = right.x - left.x;
	const dy = right.y - left.y;
	const eyes = Math.hypot(dx, dy) || 1e-6;
	const [ux, uy] = [dx / eyes, dy / eyes];
	const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
	const nose = landmarks[NOSE_TIP]!;
	const mouth = meanPoint(landmarks, MOUTH);
	const down = (p: { x: number; y: number }) => -(p.x - middle.x) * uy + (p.y - middle.y) * ux;
	const mouthDrop = down(mouth);
	return {
		yawProxy: ((nose.x - middle.x) * ux + (nose.y - middle.y) * uy) / eyes,
		pitchProxy: Math.abs(mouthDrop) > 1e-6 ? down(nose) / mouthDrop : 0,
		rollDeg: (Math.atan2(dy, dx) * 180) / Math.PI,
		eyesX: middle.x,
		eyesY: middle.y,
		eyeDistancePx: eyes,
	};
}
