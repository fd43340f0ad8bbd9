/** Shapes a face can be put on: a flat print, a bent print, a head. Depths of the head are those of an average adult, in eye distances; no person's own. */
import type { Landmarks, Point } from "../../../../server/recognition/face-types.ts";
import type { HeadPose } from "../../../../server/recognition/head-pose.ts";
import type { Grid, Vertex } from "./mesh.ts";

/** The part of a photo that is shown, in eye distances around the point between the eyes. */
const PART = { left: -2, right: 2, top: -1.8, bottom: 2.7 };

type Surface = (x: number, y: number) => { readonly x: number; readonly y: number; readonly z: number };

/** A grid over the photo upright by its eyes; `surface` bends it. */
function gridOf(pose: HeadPose, cells: number, surface: Surface): Grid {
	const angle = (pose.rollDeg * Math.PI) / 180;
	const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
	const [columns, rows] = [cells + 1, Math.round(cells * 1.1) + 1];
	const vertices: Vertex[] = [];
	for (let r = 0; r < rows; r++)
		for (let c = 0; c < columns; c++) {
			const x = PART.left + ((PART.right - PART.left) * c) / (columns - 1);
			const y = PART.top + ((PART.bottom - PART.top) * r) / (rows - 1);
			const u = pose.eyesX + (x * cos - y * sin) * pose.eyeDistancePx;
			const v = pose.eyesY + (x * sin + y * cos) * pose.eyeDistancePx;
			vertices.push({ ...surface(x, y), u, v });
		}
	return { columns, rows, vertices };
}

/** A stiff print or a screen. Many cells, since the renderer does not correct textures for perspective within one. */
export const flat = (pose: HeadPose): Grid => gridOf(pose, 40, (x, y) => ({ x, y, z: 0 }));

/** A print bent round an upright cylinder, its middle towards the camera. */
export const bent = (pose: HeadPose, radius: number): Grid =>
	gridOf(pose, 40, (x, y) => ({
		x: radius * Math.sin(x / radius),
		y,
		z: radius * (Math.cos(x / radius) - 1),
	}));

/** Depth of the 68 landmarks: jaw 0–16, brows 17–26, nose 27–35, eyes 36–47, mouth 48–67. */
const DEPTHS: readonly number[] = [
	-1.35, -1.3, -1.22, -1.1, -0.88, -0.6, -0.34, -0.12, -0.02, -0.12, -0.34, -0.6, -0.88, -1.1, -1.22, -1.3,
	-1.35, -0.28, -0.08, 0.04, 0.1, 0.12, 0.12, 0.1, 0.04, -0.08, -0.28, 0.14, 0.26, 0.4, 0.55, 0.22, 0.3, 0.34,
	0.3, 0.22, -0.16, -0.04, -0.02, -0.02, -0.04, -0.06, -0.02, -0.04, -0.02, -0.04, -0.16, -0.06, 0, 0.1, 0.18,
	0.2, 0.18, 0.1, 0, 0.08, 0.13, 0.15, 0.13, 0.08, 0.02, 0.12, 0.16, 0.12, 0.02, 0.1, 0.13, 0.1,
];

/** The photo laid over an average head; ears, hair and what lies around the face fall away behind it. */
export function head(pose: HeadPose, landmarks: Landmarks): Grid {
	const angle = (-pose.rollDeg * Math.PI) / 180;
	const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
	const known = landmarks.map((p, i) => {
		const [px, py] = [(p.x - pose.eyesX) / pose.eyeDistancePx, (p.y - pose.eyesY) / pose.eyeDistancePx];
		return { x: px * cos - py * sin, y: px * sin + py * cos, z: DEPTHS[i]! };
	});
	return gridOf(pose, 56, (x, y) => ({ x, y, z: depthAt(x, y, known) }));
}

/** An ellipsoid skull, corrected near the landmarks by their own depths. */
function depthAt(x: number, y: number, known: readonly (Point & { z: number })[]): number {
	const base = skull(x, y);
	let [sum, weight] = [0, 0.02];
	for (const p of known) {
		const w = Math.exp(-((p.x - x) ** 2 + (p.y - y) ** 2) / (2 * 0.16 ** 2));
		sum += w * (p.z - skull(p.x, p.y));
		weight += w;
	}
	return base + sum / weight;
}

const skull = (x: number, y: number): number => {
	const r = (x / 1.35) ** 2 + ((y - 0.4) / 1.9) ** 2;
	return r < 1 ? -1.4 + 1.5 * Math.sqrt(1 - r) : -1.4 - 0.5 * Math.min(1, r - 1);
};
