/** One turn before the camera through the product's own judgement: shoot, find, measure, judge. */
import {
	judgeTurn,
	type Side,
	type TurnFault,
	type TurnFrame,
	type TurnSample,
} from "../../../../server/recognition/challenge.ts";
import type { Descriptor } from "../../../../server/recognition/descriptor.ts";
import type { Picture } from "../../../../server/recognition/face-types.ts";
import { headPose } from "../../../../server/recognition/head-pose.ts";
import {
	DETECT_SIZES_PX,
	describeFace,
	type FaceNet,
	findFaces,
	findLandmarks,
} from "../../../../server/recognition/look.ts";

/** `lost`: no face in some picture, which the product treats as a face that was lost. */
export type Outcome = TurnFault | "passed" | "lost";

export interface SeenShot {
	readonly atMs: number;
	readonly picture: Picture;
}

interface Look extends TurnSample {
	readonly picture: Picture;
	readonly yaw: number;
}

async function lookAt(net: FaceNet, { picture, atMs }: SeenShot): Promise<Look | undefined> {
	for (const sizePx of DETECT_SIZES_PX) {
		const face = (await findFaces(net, picture, sizePx))[0];
		if (!face) continue;
		const landmarks = await findLandmarks(net, picture, face);
		return { atMs, picture, landmarks, yaw: headPose(landmarks).yawProxy };
	}
	return undefined;
}

/** Judges a turn. Descriptors are computed only where the movement alone does not settle it. */
export async function tryTurn(net: FaceNet, side: 1 | -1, shots: readonly SeenShot[]): Promise<Outcome> {
	const looks: Look[] = [];
	for (const shot of shots) {
		const look = await lookAt(net, shot);
		if (look) looks.push(look);
	}
	if (looks.length < 4) return "lost";
	const last = farthest(looks, side);
	const half = Math.floor(last / 2);
	const kept = [...new Set([0, half, last])];
	const asked: Side = side === 1 ? "left" : "right";
	const base = { side: asked, samples: looks, sameFace: net.recogniser.thresholds.verifySingle.value };
	const blank = new Float32Array(net.recogniser.descriptorLength);
	const framesWith = (descriptors: readonly Descriptor[]): TurnFrame[] =>
		kept.map((sample, i) => ({ sample, landmarks: looks[sample]!.landmarks, descriptor: descriptors[i]! }));
	const byMovement = judgeTurn({ ...base, frames: framesWith(kept.map(() => blank)), probe: blank });
	if (byMovement) return byMovement;
	const descriptors: Descriptor[] = [];
	for (const sample of kept) {
		const { picture, landmarks } = looks[sample]!;
		descriptors.push((await describeFace(net, picture, landmarks))!);
	}
	return judgeTurn({ ...base, frames: framesWith(descriptors), probe: descriptors[0]! }) ?? "passed";
}

/** The first look far enough for the kiosk to stop at, else the farthest. */
function farthest(looks: readonly Look[], side: 1 | -1): number {
	const turned = looks.map((look) => side * (look.yaw - looks[0]!.yaw));
	const enough = turned.findIndex((value) => value >= 0.4);
	return enough >= 0 ? enough : Math.max(1, turned.indexOf(Math.max(...turned)));
}
