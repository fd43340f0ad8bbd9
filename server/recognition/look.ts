/** One picture through a face net: find, landmarks twice, measure, cut the chip, describe. The same code runs in the kiosk and on the server. */
import {
	applyMatrix,
	boxMatrix,
	chipMatrix,
	cutChip,
	invertMatrix,
	mirrorChip,
	squareMatrix,
} from "./align.ts";
import type { Descriptor } from "./descriptor.ts";
import { averageDescriptor } from "./descriptor.ts";
import type { Box, Chip, DetectedFace, Landmarks, Picture } from "./face-types.ts";
import { boxArea, boxOverlap } from "./face-types.ts";
import { headPose } from "./head-pose.ts";
import { lumaStats } from "./image-stats.ts";
import type { Recogniser } from "./model.ts";
import type { FrameMeasures } from "./quality.ts";

/** The half of a net that turns chips into descriptors; a pack brings only this. */
export interface FaceDescriber {
	readonly recogniser: Recogniser;
	/** One descriptor per chip. */
	describe(chips: readonly Chip[]): Promise<Descriptor[]>;
}

/** A net that knows nothing of pictures: it is fed square chips only. Coordinates it returns are chip pixels. */
export interface FaceNet extends FaceDescriber {
	/** Sides the detector accepts: multiples of 32. */
	detect(chip: Chip): Promise<DetectedFace[]>;
	/** Side of the chip the landmark net wants. */
	readonly landmarkChipPx: number;
	landmarks(chip: Chip): Promise<Landmarks>;
}

/** A net that finds faces as before and describes them by another recogniser. */
export const withDescriber = (net: FaceNet, { recogniser, describe }: FaceDescriber): FaceNet => ({
	...net,
	recogniser,
	describe,
});

/** Side of the detector's chip by effort: the small one finds faces of 15–65 % of the frame, the large ones small or lone odd faces. */
export const DETECT_QUICK_PX = 224;
export const DETECT_SECOND_PX = 416;
/**
 * The score of one size says as much about the size as about the face: four clean near faces at six distances got 0.58–0.96 at 224,
 * none–0.97 at 320 and none–0.98 at 416, each size failing elsewhere. The best of the three was at least 0.8 for nine in ten.
 */
export const DETECT_SIZES_PX: readonly number[] = [DETECT_QUICK_PX, 320, DETECT_SECOND_PX];
/** Missed no face in 427 test pictures; stops at the first size that finds one. */
export const DETECT_CASCADE_PX: readonly number[] = [224, 416, 320, 608];

/** Detects on the whole picture scaled to `sizePx`; biggest face first. */
export async function findFaces(net: FaceNet, picture: Picture, sizePx: number): Promise<DetectedFace[]> {
	const side = Math.max(picture.width, picture.height);
	const matrix = squareMatrix(side / 2, side / 2, side, sizePx);
	const found = await net.detect(cutChip(picture, matrix, sizePx));
	const scale = side / sizePx;
	const inPicture = found.map(({ box, score }) => ({
		score,
		box: { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale },
	}));
	return biggestFirst(inPicture);
}

const biggestFirst = (faces: readonly DetectedFace[]): DetectedFace[] =>
	[...faces].sort((a, b) => boxArea(b.box) - boxArea(a.box));

/** Tries sizes until one finds a face. */
export async function findFacesCascade(net: FaceNet, picture: Picture): Promise<DetectedFace[]> {
	for (const sizePx of DETECT_CASCADE_PX) {
		const faces = await findFaces(net, picture, sizePx);
		if (faces.length > 0) return faces;
	}
	return [];
}

/** Every face at all of the given sizes, each once (the surest box of overlapping ones). */
export async function findAllFaces(
	net: FaceNet,
	picture: Picture,
	sizes: readonly number[] = [DETECT_QUICK_PX, 608],
): Promise<DetectedFace[]> {
	const all: DetectedFace[] = [];
	for (const sizePx of sizes) all.push(...(await findFaces(net, picture, sizePx)));
	const kept: DetectedFace[] = [];
	for (const face of all.sort((a, b) => b.score - a.score))
		if (!kept.some((other) => isSameFace(other.box, face.box))) kept.push(face);
	return kept.length > 0 ? biggestFirst(kept) : findFacesCascade(net, picture);
}

/** Sometimes one size of the search draws a box half as large again around the same head (0.57 of the smaller covered, 0.26 of both). Heads side by side share far less. */
function isSameFace(a: Box, b: Box): boolean {
	const { ofUnion, ofSmaller } = boxOverlap(a, b);
	return ofUnion > 0.3 || ofSmaller > 0.5;
}

/** How much bigger than the box the landmark net's crop is: of the detector's box, then of the first landmarks' box. 1.0 to 1.3 differ by less than the noise of the test set. */
const FIRST_CROP = 1;
const SECOND_CROP = 1.2;

/** Landmarks in picture pixels: once on the detector's box, again on the box of the landmarks found. */
export async function findLandmarks(net: FaceNet, picture: Picture, face: DetectedFace): Promise<Landmarks> {
	const first = await landmarksIn(net, picture, face.box, FIRST_CROP);
	return landmarksIn(net, picture, landmarkBox(first), SECOND_CROP);
}

async function landmarksIn(net: FaceNet, picture: Picture, box: Box, grow: number): Promise<Landmarks> {
	const matrix = boxMatrix(box, net.landmarkChipPx, grow);
	const points = await net.landmarks(cutChip(picture, matrix, net.landmarkChipPx));
	const back = invertMatrix(matrix);
	return points.map((p) => applyMatrix(back, p));
}

/** The smallest box around the landmarks. */
export function landmarkBox(landmarks: Landmarks): Box {
	const xs = landmarks.map((p) => p.x);
	const ys = landmarks.map((p) => p.y);
	const [x, y] = [Math.min(...xs), Math.min(...ys)];
	return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** What the gates need to know about a face. */
export function measureFace(picture: Picture, face: DetectedFace, landmarks: Landmarks): FrameMeasures {
	return {
		frameWidthPx: picture.width,
		frameHeightPx: picture.height,
		box: face.box,
		score: face.score,
		pose: headPose(landmarks),
		luma: lumaStats(picture, face.box),
	};
}

/** The average descriptor of the aligned chip and its mirror image; undefined when the landmarks are useless. */
export async function describeFace(
	{ recogniser, describe }: FaceDescriber,
	picture: Picture,
	landmarks: Landmarks,
): Promise<Descriptor | undefined> {
	const matrix = chipMatrix(landmarks, recogniser);
	if (!matrix) return undefined;
	const chip = cutChip(picture, matrix, recogniser.chipSizePx, recogniser.edge);
	const described = await describe([chip, mirrorChip(chip)]);
	const mean = averageDescriptor(described, recogniser.normalise);
	for (const d of [chip.data, ...described]) d.fill(0);
	return mean;
}
