/** What a print or a screen does to the picture on it, before it is held up: contrast, dots, glow, a bezel. Simulated; real ones vary more. */
import type { Picture } from "../../../../server/recognition/face-types.ts";
import type { HeadPose } from "../../../../server/recognition/head-pose.ts";
import { painted } from "../../pictures.ts";

type Rgb = readonly [number, number, number];

const pixelOf = ({ width, data }: Picture, x: number, y: number): Rgb => {
	const at = (y * width + x) * 4;
	return [data[at]!, data[at + 1]!, data[at + 2]!];
};

const mapped = (picture: Picture, change: (rgb: Rgb, x: number, y: number) => readonly number[]): Picture =>
	painted(picture.width, picture.height, (x, y) => change(pixelOf(picture, x, y), x, y));

/** Ink on paper: less contrast, a warm tint. */
export const printed = (picture: Picture): Picture =>
	mapped(picture, ([r, g, b]) => [28 + r * 0.8, 26 + g * 0.78, 22 + b * 0.74]);

/** A screen: brighter, steeper, with the beat of its dots against the sensor's. */
export const onScreen = (picture: Picture): Picture =>
	mapped(picture, (rgb, x, y) => {
		const beat = 7 * Math.sin(x * 0.9 + y * 0.35) * Math.sin(y * 1.1);
		return rgb.map((value, c) => 255 * (value / 255) ** 0.85 * 1.04 + beat * (c === 1 ? 1 : -1));
	});

/** A black bezel and a bright rim around the part that is shown, as of a phone. */
export function withBezel(picture: Picture, pose: HeadPose): Picture {
	const unit = pose.eyeDistancePx;
	const [left, right] = [pose.eyesX - 1.85 * unit, pose.eyesX + 1.85 * unit];
	const [top, bottom] = [pose.eyesY - 1.65 * unit, pose.eyesY + 2.55 * unit];
	return mapped(picture, (rgb, x, y) =>
		x < left || x > right || y < top || y > bottom ? [14, 14, 16] : rgb,
	);
}

/** Holes where the eyes are, with other eyes behind them: darker, blinking with `closed`. */
export function withEyeHoles(picture: Picture, pose: HeadPose, closed: boolean): Picture {
	const unit = pose.eyeDistancePx;
	const angle = (pose.rollDeg * Math.PI) / 180;
	return mapped(picture, (rgb, x, y) => {
		const [dx, dy] = [x - pose.eyesX, y - pose.eyesY];
		const along = dx * Math.cos(angle) + dy * Math.sin(angle);
		const across = -dx * Math.sin(angle) + dy * Math.cos(angle);
		const inHole = ((Math.abs(along) - unit / 2) / (unit * 0.2)) ** 2 + (across / (unit * 0.09)) ** 2 < 1;
		if (!inHole) return rgb;
		return closed ? [150, 115, 100] : rgb.map((value) => value * 0.8 + 8);
	});
}
