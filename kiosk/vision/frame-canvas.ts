/** Copies video frames into memory, never mirrored, and makes the evidence JPEG of the last copied one. */
import { toBase64 } from "../../server/base/bytes.ts";
import type { Box, Picture } from "../../server/recognition/face-types.ts";

/** Longest side of a frame: what the wire accepts as evidence. */
const FRAME_SIDE_PX = 640;
/** At 60 accuracy still holds; 85 is for the eyes of a manager. */
const EVIDENCE_QUALITY = 0.85;

export interface FrameCanvas {
	/** The current frame; undefined while the video has none. The same memory is not reused by the next call. */
	grab(video: HTMLVideoElement): Picture | undefined;
	/** The last grabbed frame, or a part of it, as base64 JPEG. */
	jpeg(part?: Box): Promise<string>;
	/** Paints the frame over. */
	wipe(): void;
}

export function makeFrameCanvas(): FrameCanvas {
	const canvas = document.createElement("canvas");
	const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
	if (!context) throw new Error("no 2d canvas");
	return {
		grab(video) {
			if (video.readyState < video.HAVE_CURRENT_DATA || video.videoWidth === 0) return undefined;
			const scale = Math.min(1, FRAME_SIDE_PX / Math.max(video.videoWidth, video.videoHeight));
			const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
			if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
			context.drawImage(video, 0, 0, width, height);
			return context.getImageData(0, 0, width, height);
		},
		async jpeg(part) {
			const from = part ? cutOut(canvas, part) : canvas;
			const blob = await new Promise<Blob | null>((done) =>
				from.toBlob(done, "image/jpeg", EVIDENCE_QUALITY),
			);
			if (!blob) throw new Error("the canvas made no JPEG");
			return toBase64(new Uint8Array(await blob.arrayBuffer()));
		},
		wipe: () => context.clearRect(0, 0, canvas.width, canvas.height),
	};
}

function cutOut(canvas: HTMLCanvasElement, { x, y, width, height }: Box): HTMLCanvasElement {
	const part = document.createElement("canvas");
	Object.assign(part, { width: Math.round(width), height: Math.round(height) });
	part.getContext("2d")?.drawImage(canvas, -Math.round(x), -Math.round(y));
	return part;
}
