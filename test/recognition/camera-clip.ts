/** Clips for Chromium's fake camera from a sample photo: one face, drifting a little and with sensor noise, as a live camera delivers it. */
import { concatBytes } from "../../server/base/bytes.ts";
import type { Box, Picture } from "../../server/recognition/face-types.ts";
import { jpegOf, painted } from "./pictures.ts";

const [WIDTH, HEIGHT] = [640, 480];

/** One 640 × 480 frame showing `view` of a picture, with `noise` grey levels of jitter. */
export function frameOf(picture: Picture, view: Box, noise = 4): Picture {
	const { width, height, data } = picture;
	const pixel = (x: number, y: number) => {
		const sx = Math.min(Math.max(Math.round(view.x + (x / WIDTH) * view.width), 0), width - 1);
		const sy = Math.min(Math.max(Math.round(view.y + (y / HEIGHT) * view.height), 0), height - 1);
		const from = (sy * width + sx) * 4;
		const shake = (Math.random() - 0.5) * 2 * noise;
		return [data[from]! + shake, data[from + 1]! + shake, data[from + 2]! + shake];
	};
	return painted(WIDTH, HEIGHT, pixel);
}

/** The part of a picture around a box in 4:3, the box's height filling `share` of it. */
export function viewAround(box: Box, share: number): Box {
	const height = box.height / share;
	const width = (height * WIDTH) / HEIGHT;
	return { x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2, width, height };
}

/** A looping MJPEG: the view sways by `sway` of its width. */
export async function swayingClip(
	picture: Picture,
	view: Box,
	frames = 24,
	sway = 0.01,
): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for (let i = 0; i < frames; i++) {
		const at = Math.sin((2 * Math.PI * i) / frames) * sway * view.width;
		parts.push(await jpegOf(frameOf(picture, { ...view, x: view.x + at }), 92));
	}
	return concatBytes(...parts);
}
