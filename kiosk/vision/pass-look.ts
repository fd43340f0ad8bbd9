/** People walking by: follows every face, describes the clearest few times, and tells each once. Forgets whoever has left. */
import type { CaptureRules } from "../../server/recognition/capture.ts";
import { agrees, averageDescriptor, type Descriptor } from "../../server/recognition/descriptor.ts";
import type { Box, Picture } from "../../server/recognition/face-types.ts";
import {
	describeFace,
	type FaceNet,
	findFaces,
	findLandmarks,
	measureFace,
} from "../../server/recognition/look.ts";
import { assessFrame, type FrameMeasures, PASS_LIMITS } from "../../server/recognition/quality.ts";
import { noTracks, stepTracks, type Track, type TrackState } from "../../server/recognition/tracker.ts";

export interface PassOutput {
	readonly track: number;
	readonly descriptor: Descriptor;
	readonly frames: number;
	readonly measures: FrameMeasures;
	/** Alone before the camera for a while. */
	readonly stays: boolean;
}

export interface PassLook {
	/** Looks at a picture; at most one person is told per picture. */
	look(net: FaceNet, picture: Picture, atMs: number): Promise<PassResult>;
	forget(): void;
}

export interface PassResult {
	readonly faces: number;
	readonly told?: PassOutput;
}

interface Known {
	readonly kept: Descriptor[];
	measures?: FrameMeasures;
	toldMs?: number;
	/** Descriptors computed, good or not: whoever never becomes clear does not take the others' turn. */
	tries: number;
}

/** Finds faces from a tenth of the frame's width on; see the bench for what is lost below. */
const DETECT_PX = 320;
/** Two faces can be described between two frames of a plain tablet. */
const MOST_PER_FRAME = 2;
const TELL_AGAIN_MS = 3_000;

/** `need`: agreeing looks at one person. */
export function makePassLook(need: number, rules: CaptureRules): PassLook {
	let state: TrackState = noTracks;
	let known = new Map<number, Known>();

	const keepOnly = (tracks: readonly Track[]) => {
		const next = new Map<number, Known>();
		for (const { id } of tracks) next.set(id, known.get(id) ?? { kept: [], tries: 0 });
		for (const [id, one] of known) if (!next.has(id)) wipe(one);
		known = next;
	};
	const wants = (track: Track, atMs: number, isAlone: boolean): boolean => {
		const { toldMs } = known.get(track.id)!;
		return toldMs === undefined || (isAlone && atMs - toldMs > TELL_AGAIN_MS);
	};

	const tellOne = (atMs: number, isAlone: boolean): PassOutput | undefined => {
		for (const [track, one] of known) {
			if (one.kept.length < need || !one.measures) continue;
			const descriptor = averageDescriptor(one.kept, rules.normalise);
			const stays = isAlone && one.toldMs !== undefined;
			const output = { track, descriptor, frames: one.kept.length, measures: one.measures, stays };
			wipe(one);
			one.toldMs = atMs;
			return output;
		}
		return undefined;
	};

	return {
		async look(net, picture, atMs) {
			const faces = await findFaces(net, picture, DETECT_PX);
			state = stepTracks(state, faces, atMs);
			keepOnly(state.tracks);
			const isAlone = state.tracks.length === 1;
			const due = state.tracks
				.filter((track) => track.seenMs === atMs && wants(track, atMs, isAlone))
				.sort(
					(a, b) => known.get(a.id)!.tries - known.get(b.id)!.tries || b.face.box.width - a.face.box.width,
				);
			for (const track of due.slice(0, MOST_PER_FRAME))
				await describeMore(net, picture, track, known.get(track.id)!, rules.agreement);
			return { faces: faces.length, told: tellOne(atMs, isAlone) };
		},
		forget() {
			keepOnly([]);
			state = noTracks;
		},
	};
}

/** Takes one more look at a face; one that is too blurred, turned or small adds nothing. */
async function describeMore(
	net: FaceNet,
	picture: Picture,
	{ face }: Track,
	one: Known,
	agreement: number,
): Promise<void> {
	one.tries += 1;
	const landmarks = await findLandmarks(net, picture, face);
	const measures = measureFace(picture, face, landmarks);
	if (assessFrame(measures, PASS_LIMITS) !== "ok") return;
	const descriptor = await describeFace(net, picture, landmarks);
	if (!descriptor) return;
	if (!agrees(one.kept, descriptor, agreement)) wipe(one);
	one.kept.push(descriptor);
	one.measures = measures;
}

function wipe({ kept }: Known): void {
	for (const descriptor of kept) descriptor.fill(0);
	kept.length = 0;
}

/** The part of the frame that shows one person: evidence must not hold the others. */
export function surroundings({ x, y, width, height }: Box, frameWidth: number, frameHeight: number): Box {
	const left = Math.max(0, x - width * 0.6);
	const top = Math.max(0, y - height * 0.7);
	return {
		x: left,
		y: top,
		width: Math.min(frameWidth, x + width * 1.6) - left,
		height: Math.min(frameHeight, y + height * 1.6) - top,
	};
}
