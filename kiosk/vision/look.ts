/** One camera frame in the page: find, measure, judge, and describe only what may be used. */
import {
	type CaptureRules,
	countRivals,
	type LookedFrame,
	movedRatio,
} from "../../server/recognition/capture.ts";
import type { DetectedFace, Landmarks, Picture } from "../../server/recognition/face-types.ts";
import type { FramePrint } from "../../server/recognition/image-stats.ts";
import {
	DETECT_SECOND_PX,
	describeFace,
	type FaceNet,
	findFaces,
	findLandmarks,
	measureFace,
} from "../../server/recognition/look.ts";
import {
	assessFrame,
	type FrameMeasures,
	type Pose,
	type QualityLimits,
} from "../../server/recognition/quality.ts";

export interface LookProfile {
	readonly limits: QualityLimits;
	readonly pose: Pose;
	/** Sizes of the detector's picture, tried in this order until a face passes the score gate. */
	readonly detectPx: readonly number[];
	/** False at enrolment: there only pictures leave the page. */
	readonly describe: boolean;
}

/** What one look passes on to the next. */
export interface LookMemory {
	misses: number;
	last?: FrameMeasures;
}

/** Every fourth frame without a face also gets the slower, finer detector. */
const FINER_EVERY = 4;

/** Looks at a picture. Times are monotonic milliseconds. */
export async function lookAt(
	net: FaceNet,
	picture: Picture,
	seen: { readonly atMs: number; readonly print: FramePrint },
	memory: LookMemory,
	profile: LookProfile,
	rules: CaptureRules,
): Promise<LookedFrame> {
	const faces = await detect(net, picture, memory, profile);
	const face = faces[0];
	if (!face || countRivals(faces, rules.severalRatio) > 1) {
		memory.last = undefined;
		return { ...seen, faces };
	}
	const landmarks = await findLandmarks(net, picture, face);
	const still = measureFace(picture, face, landmarks);
	const measures: FrameMeasures = { ...still, movedRatio: movedRatio(memory.last, still) };
	memory.last = measures;
	const advice = assessFrame(measures, profile.limits, profile.pose);
	const wanted = advice === "ok" && profile.describe;
	const descriptor = wanted ? await describeFace(net, picture, landmarks) : undefined;
	return { ...seen, faces, measures, advice, descriptor };
}

/** The landmarks of the one face there is; undefined with none, or with rivals. */
export async function findSingle(
	net: FaceNet,
	picture: Picture,
	{ detectPx }: LookProfile,
	{ severalRatio }: CaptureRules,
): Promise<Landmarks | undefined> {
	for (const sizePx of detectPx) {
		const faces = await findFaces(net, picture, sizePx);
		if (countRivals(faces, severalRatio) > 1) return undefined;
		if (faces[0]) return findLandmarks(net, picture, faces[0]);
	}
	return undefined;
}

async function detect(
	net: FaceNet,
	picture: Picture,
	memory: LookMemory,
	profile: LookProfile,
): Promise<DetectedFace[]> {
	const surest = await findSurest(net, picture, profile);
	if (surest.length > 0) {
		memory.misses = 0;
		return surest;
	}
	memory.misses++;
	return memory.misses % FINER_EVERY === 0 ? findFaces(net, picture, DETECT_SECOND_PX) : [];
}

/** An empty picture costs one detection: only a face with a doubtful score is looked at again at the other sizes. */
async function findSurest(
	net: FaceNet,
	picture: Picture,
	{ detectPx, limits }: LookProfile,
): Promise<DetectedFace[]> {
	let surest: DetectedFace[] = [];
	for (const sizePx of detectPx) {
		const faces = await findFaces(net, picture, sizePx);
		if ((faces[0]?.score ?? 0) > (surest[0]?.score ?? 0)) surest = faces;
		if (!surest[0] || surest[0].score >= limits.minScore) break;
	}
	return surest;
}
