/** A finished probe in the form the wire wants. */
import { packFloats, toBase64 } from "../../server/base/bytes.ts";
import type { FaceEvidence } from "../../server/protocol/kiosk.ts";
import type { Probe } from "../../server/recognition/capture.ts";
import { type Recogniser, recogniserTag } from "../../server/recognition/model.ts";

/** `jpeg` is the frame the probe was completed with, base64. */
export function evidenceOf(
	probe: Probe,
	recogniser: Recogniser,
	jpeg: string,
	cameraLabel: string,
): FaceEvidence {
	return {
		modelId: recogniserTag(recogniser),
		descriptor: toBase64(packFloats(probe.descriptor)),
		frames: probe.frames,
		jpeg,
		quality: qualityNumbers(probe),
		cameraLabel,
	};
}

/** What the box keeps about the quality of a punch; short names, three decimals. */
function qualityNumbers({ measures, path, frames }: Probe): Record<string, number> {
	const yaws = path.map((sample) => sample.yawProxy);
	const numbers = {
		frames,
		faceWidthPx: measures.box.width,
		score: measures.score,
		luma: measures.luma.mean,
		clipped: measures.luma.clippedRatio,
		sharpness: measures.luma.sharpness,
		sideLight: measures.luma.sideLightRatio,
		yaw: measures.pose.yawProxy,
		pitch: measures.pose.pitchProxy,
		rollDeg: measures.pose.rollDeg,
		yawMin: Math.min(...yaws),
		yawMax: Math.max(...yaws),
		visitMs: (path.at(-1)?.atMs ?? 0) - (path[0]?.atMs ?? 0),
	};
	const finite = Object.entries(numbers).filter(([, value]) => Number.isFinite(value));
	return Object.fromEntries(finite.map(([key, value]) => [key, Math.round(value * 1000) / 1000]));
}
