/**
 * Clips for the fake camera with real people out of the sample photos: one person facing the camera or turning the head,
 * two at once, or an empty room. Every frame has its own noise and sways a little, as a live camera's do.
 */
import { concatBytes } from "../../../server/base/bytes.ts";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import type { Picture } from "../../../server/recognition/face-types.ts";
import { jpegOf, painted } from "../../recognition/pictures.ts";
import { portrait, type Sitter } from "../../support/portraits.ts";

const [WIDTH, HEIGHT] = [640, 480];
/** Chromium plays an MJPEG at this rate. */
const FRAMES_PER_SEC = 30;
/** Different frames of one scene; they repeat until the scene is over. */
const OWN_FRAMES = 20;
const NOISE = 4;
const SWAY_PX = 2;
/** At this size the detector is sure (0.84–0.93) of all poses of "ben", every pixel of the sway. */
const ZOOM = 1.1;

/** `left` and `right` are the person's own. */
export type Scene =
	| { readonly who: Sitter; readonly turned?: "left" | "right"; readonly sec: number }
	| { readonly who: readonly [Sitter, Sitter]; readonly sec: number }
	| { readonly who: "nobody"; readonly sec: number };

type Sampler = (x: number, y: number) => readonly number[];

/** Writes the scenes one after another; Chromium plays them in a loop. */
export async function writeClip(path: string, scenes: readonly Scene[]): Promise<string> {
	const parts: Uint8Array[] = [];
	for (const scene of scenes) {
		const own = await framesOf(await samplerOf(scene));
		for (let i = 0; i < scene.sec * FRAMES_PER_SEC; i++) parts.push(own[i % OWN_FRAMES]!);
	}
	await Bun.write(path, concatBytes(...parts));
	return path;
}

/** The picture with fresh noise in every frame, moved sideways by whole pixels. */
function framesOf(sampler: Sampler): Promise<Uint8Array[]> {
	const still = painted(WIDTH, HEIGHT, sampler);
	const frame = (index: number) => {
		const sway = Math.round(Math.sin((2 * Math.PI * index) / OWN_FRAMES) * SWAY_PX) * 4;
		const data = new Uint8ClampedArray(still.data.length);
		for (let at = 0; at < data.length; at++)
			data[at] = (still.data[at + sway] ?? still.data[at]!) + (Math.random() - 0.5) * 2 * NOISE;
		return jpegOf({ ...still, data }, 92);
	};
	return Promise.all(Array.from({ length: OWN_FRAMES }, (_, index) => frame(index)));
}

async function samplerOf(scene: Scene): Promise<Sampler> {
	if (scene.who === "nobody") return emptyRoom;
	if (typeof scene.who !== "string") return sideBySide(await seen(scene.who[0]), await seen(scene.who[1]));
	const person = await seen(scene.who);
	const turned = "turned" in scene ? scene.turned : undefined;
	if (turned === undefined) return person;
	const right = turnedRight(person);
	return turned === "right" ? right : (x, y) => right(WIDTH - 1 - x, y);
}

const emptyRoom: Sampler = (x, y) => [
	60 + x / 8,
	90 + y / 6,
	120 + ((Math.floor(x) >> 5) ^ (Math.floor(y) >> 5)) * 4,
];

/** A portrait with the light of an office: mean brightness about 120. */
async function seen(who: Sitter): Promise<Sampler> {
	const picture = await decodePixels(await portrait(who));
	const gain = Math.min(1.8, Math.max(0.8, 120 / meanOf(picture)));
	const near = (at: number, middle: number) => middle + (at - middle) / ZOOM;
	return (x, y) => pixelAt(picture, near(x, WIDTH / 2), near(y, HEIGHT / 2)).map((value) => value * gain);
}

/** Over the three colours. */
function meanOf({ data }: Picture): number {
	let sum = 0;
	for (let at = 0; at < data.length; at++) if (at % 4 < 3) sum += data[at]!;
	return sum / (WIDTH * HEIGHT * 3);
}

/** Between two pixels of a row; the edge goes on for ever. */
function pixelAt({ data }: Picture, x: number, y: number): number[] {
	const inside = Math.min(Math.max(x, 0), WIDTH - 1.001);
	const left = Math.floor(inside);
	const share = inside - left;
	const at = (Math.min(Math.max(Math.round(y), 0), HEIGHT - 1) * WIDTH + left) * 4;
	return [0, 1, 2].map((c) => data[at + c]! * (1 - share) + data[at + 4 + c]! * share);
}

/**
 * Moves what stands out of a face (nose, mouth) sideways by a fifth of its width and leaves the rim: what a small turn of the head does.
 * The portraits have their face in the middle, about 270 px wide; measured yaw proxy of "ben": -0.20.
 */
function turnedRight(person: Sampler): Sampler {
	const [middleX, middleY, width] = [322, 234, 248 * ZOOM];
	return (x, y) => {
		const [u, v] = [(x - middleX) / (width * 0.55), (y - middleY) / (width * 0.75)];
		const bulge = Math.max(0, 1 - u * u - v * v) ** 2;
		return person(x + 0.2 * width * bulge, y);
	};
}

/** Two people shoulder to shoulder, each in a half of the frame at nearly full size. */
function sideBySide(left: Sampler, right: Sampler): Sampler {
	const half = WIDTH / 2;
	return (x, y) => (x < half ? left(x + half / 2, y) : right(x - half / 2, y));
}
