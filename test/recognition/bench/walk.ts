/**
 * What naming people in passing needs: two people of the sample photos cross a 640 × 480 picture in opposite directions, through the door
 * page's own tracker and gates, at several face widths and frame rates. `bun test/recognition/bench/walk.ts`.
 * Composed pictures with a little motion blur; no real walk was filmed.
 */
import { makePassLook } from "../../../kiosk/vision/pass-look.ts";
import { decodePixels } from "../../../server/recogniser/decode.ts";
import { loadFaceNet } from "../../../server/recogniser/face-library.ts";
import { captureRules } from "../../../server/recognition/capture.ts";
import type { Picture } from "../../../server/recognition/face-types.ts";
import { makeGallery } from "../../../server/recognition/gallery.ts";
import { identify } from "../../../server/recognition/identify.ts";
import { describeFace, findFacesCascade, findLandmarks } from "../../../server/recognition/look.ts";
import { portrait, type Sitter } from "../../support/portraits.ts";
import { painted } from "../pictures.ts";

const [WIDTH, HEIGHT] = [640, 480];
const WIDTHS_PX = [52, 64, 80, 110];
const RATES = [3, 5, 8];
/** 1.2 m/s for a face of 16 cm. */
const WIDTHS_PER_SEC = 7.5;
/** Towards the camera and to the side; a walk straight across is the hardest. */
const SHARE_ACROSS = 0.4;
/** Face width of the portraits. */
const PORTRAIT_FACE_PX = 245;
const PAIRS: readonly (readonly [Sitter, Sitter])[] = [
	["ada", "ben"],
	["cleo", "dora"],
	["ben", "cleo"],
	["dora", "ada"],
];

const { net } = await loadFaceNet();
const pictures = new Map<Sitter, Picture>();
const gallery = makeGallery(net.recogniser.descriptorLength);

/** Three other cuts of the portrait are enrolled; the walk shows the first. */
for (const sitter of ["ada", "ben", "cleo", "dora"] as const) {
	pictures.set(sitter, await decodePixels(await portrait(sitter)));
	const templates: Float32Array[] = [];
	for (const variant of [1, 2, 3]) {
		const picture = await decodePixels(await portrait(sitter, variant));
		const landmarks = await findLandmarks(net, picture, (await findFacesCascade(net, picture))[0]!);
		templates.push((await describeFace(net, picture, landmarks))!);
	}
	gallery.put(sitter, templates);
}

/** The middle of a portrait, `facePx` wide faces, at (x, y), smeared by `blurPx`. */
function put(onto: Picture, who: Sitter, x: number, y: number, facePx: number, blurPx: number): void {
	const from = pictures.get(who)!;
	const scale = PORTRAIT_FACE_PX / facePx;
	const reach = facePx * 0.95;
	for (let py = Math.max(0, Math.round(y - reach)); py < Math.min(HEIGHT, y + reach); py++)
		for (let px = Math.max(0, Math.round(x - reach)); px < Math.min(WIDTH, x + reach); px++) {
			if (((px - x) / reach) ** 2 + ((py - y) / reach) ** 2 > 1) continue;
			const v = Math.round(240 + (py - y) * scale);
			for (let c = 0; c < 3; c++) {
				let sum = 0;
				for (let step = -1; step <= 1; step++) {
					const u = Math.round(320 + (px - x + (step * blurPx) / 2) * scale);
					sum += from.data[(Math.min(479, Math.max(0, v)) * 640 + Math.min(639, Math.max(0, u))) * 4 + c]!;
				}
				onto.data[(py * WIDTH + px) * 4 + c] = sum / 3 + (Math.random() - 0.5) * 6;
			}
		}
}

interface Counts {
	walks: number;
	named: number;
	wrong: number;
	twice: number;
}

async function cross(
	pair: readonly [Sitter, Sitter],
	facePx: number,
	rate: number,
	counts: Counts,
): Promise<void> {
	const look = makePassLook(2, captureRules(2, net.recogniser.thresholds.frameAgreement.value));
	const speed = facePx * WIDTHS_PER_SEC * SHARE_ACROSS;
	const span = WIDTH - 2 * facePx;
	const frames = Math.floor((span / speed) * rate);
	const names = new Map<Sitter, number>();
	for (let i = 0; i <= frames; i++) {
		const room = painted(WIDTH, HEIGHT, (x, y) => [110 + x / 12, 118 + y / 10, 126]);
		const far = (i / rate) * speed;
		put(room, pair[0], facePx + far, 150, facePx, (speed / 1000) * 8);
		put(room, pair[1], WIDTH - facePx - far, 340, facePx, (speed / 1000) * 8);
		const { told } = await look.look(net, room, (i * 1000) / rate);
		if (!told) continue;
		const thresholds = net.recogniser.thresholds;
		const found = identify(gallery.rank(told.descriptor), { thresholds });
		if (found.kind !== "match") continue;
		const who = found.personId as Sitter;
		if (!pair.includes(who)) counts.wrong += 1;
		names.set(who, (names.get(who) ?? 0) + 1);
	}
	counts.walks += 2;
	counts.named += pair.filter((who) => names.has(who)).length;
	counts.twice += [...names.values()].filter((times) => times > 1).length;
}

for (const facePx of WIDTHS_PX)
	for (const rate of RATES) {
		const counts: Counts = { walks: 0, named: 0, wrong: 0, twice: 0 };
		for (const pair of PAIRS) await cross(pair, facePx, rate, counts);
		console.log(
			`face ${String(facePx).padStart(3)} px, ${rate} frames/s: named ${counts.named} of ${counts.walks}, wrong ${counts.wrong}, twice ${counts.twice}`,
		);
	}
