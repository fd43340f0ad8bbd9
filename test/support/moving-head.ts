/** Pictures of a sample person who turns the head, and of a print of that person that is swung: what a camera at the door would deliver. */
import { must } from "../../server/base/result.ts";
import { decodePixels } from "../../server/recogniser/decode.ts";
import type { FaceEngine } from "../../server/recogniser/face-engine.ts";
import type { Landmarks, Picture } from "../../server/recognition/face-types.ts";
import { headPose } from "../../server/recognition/head-pose.ts";
import { type Grid, type Motion, render } from "../recognition/bench/liveness/mesh.ts";
import { bent, flat, head } from "../recognition/bench/liveness/shapes.ts";
import { jpegOf, painted } from "../recognition/pictures.ts";
import { portrait, type Sitter } from "./portraits.ts";

export type Shape = "head" | "print" | "bent print";

export interface Stage {
	/** A noisy 640 × 480 picture of the shape. */
	shoot(shape: Shape, motion: Partial<Motion>): Picture;
}

/** A wall with a little structure. */
const WALL = painted(640, 480, (x, y) => [120 + x / 16, 126 + y / 14, 132 + ((x >> 5) ^ (y >> 5)) * 2]);
/** A head turns on its neck, a print about its middle. */
const NECK = -1.2;
/** The eyes are 75 px apart: half a metre before a webcam. */
const AWAY = 8;
const NOISE = 3;

/** Sets a person up; the portrait is looked at once. */
export async function stageOf(engine: FaceEngine, sitter: Sitter): Promise<Stage> {
	const jpeg = await portrait(sitter);
	const face = must(await engine.describePhoto(jpeg, { landmarks: true })).faces[0]!;
	return makeStage(await decodePixels(jpeg), face.landmarks!);
}

/** The same for any picture whose landmarks are known. */
export function makeStage(picture: Picture, landmarks: Landmarks): Stage {
	const pose = headPose(landmarks);
	const grids: Record<Shape, Grid> = {
		head: head(pose, landmarks),
		print: flat(pose),
		"bent print": bent(pose, 1.5),
	};
	return {
		shoot(shape, motion) {
			const axisZ = shape === "head" ? NECK : 0;
			return noisy(render(picture, grids[shape], { yawDeg: 0, distance: AWAY, axisZ, ...motion }, WALL));
		},
	};
}

function noisy(picture: Picture): Picture {
	const data = picture.data.map((value) => value + (Math.random() - 0.5) * 2 * NOISE);
	return { ...picture, data };
}

/** One picture of a turn as a kiosk would tell of it. */
export interface ShotFrame {
	readonly jpeg: Uint8Array;
	readonly landmarks: Landmarks;
	readonly descriptor: Float32Array;
}

export async function shootAndLook(
	engine: FaceEngine,
	stage: Stage,
	shape: Shape,
	yawDeg: number,
): Promise<ShotFrame> {
	const jpeg = await jpegOf(stage.shoot(shape, { yawDeg }), 90);
	const face = must(await engine.describePhoto(jpeg, { landmarks: true, search: "one" })).faces[0]!;
	return { jpeg, landmarks: face.landmarks!, descriptor: face.descriptor };
}
