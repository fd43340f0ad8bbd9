/** The turns of a real head in the clips beside the checkout, cut out by hand, each also in the mirror. One person: a sanity check, no rate. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { decodePixels } from "../../../../server/recogniser/decode.ts";
import type { Picture } from "../../../../server/recognition/face-types.ts";
import { painted } from "../../pictures.ts";
import type { SeenShot } from "./trial.ts";

export interface RealTurn {
	readonly name: string;
	readonly side: 1 | -1;
	readonly shots: readonly SeenShot[];
}

/** Frames of `head-turn-female.mjpeg` in the order that begins at the front; +1 is the person's own left. */
const TURNS: readonly { readonly frames: readonly number[]; readonly side: 1 | -1 }[] = [
	{ frames: [16, 15, 14, 13, 12, 11], side: 1 },
	{ frames: [7, 8, 9, 10], side: 1 },
	{ frames: [15, 16, 17, 18], side: -1 },
	{ frames: [8, 7, 6, 5], side: -1 },
];

/** Empty where the clip is not there. */
export async function clipTurns(folder: string): Promise<RealTurn[]> {
	const path = join(folder, "head-turn-female.mjpeg");
	if (!existsSync(path)) return [];
	const pictures: Picture[] = [];
	for (const jpeg of framesOf(await Bun.file(path).bytes())) pictures.push(await decodePixels(jpeg));
	return TURNS.flatMap(({ frames, side }) => {
		const shots = frames.map((frame, i) => ({ atMs: 150 + i * 250, picture: pictures[frame]! }));
		const mirrored = shots.map((shot) => ({ ...shot, picture: inMirror(shot.picture) }));
		return [
			{ name: "real head in a clip", side, shots },
			{ name: "real head in a clip", side: side === 1 ? (-1 as const) : (1 as const), shots: mirrored },
		];
	});
}

const inMirror = ({ width, height, data }: Picture): Picture =>
	painted(width, height, (x, y) => [0, 1, 2].map((c) => data[(y * width + width - 1 - x) * 4 + c]!));

/** A JPEG begins with FF D8 FF; nothing inside one looks so. */
function framesOf(clip: Uint8Array): Uint8Array[] {
	const bytes = Buffer.from(clip);
	const starts: number[] = [];
	for (let at = bytes.indexOf("ffd8ff", 0, "hex"); at >= 0; at = bytes.indexOf("ffd8ff", at + 3, "hex"))
		starts.push(at);
	return starts.map((start, i) => clip.subarray(start, starts[i + 1]));
}
