/** The eyes of a page: camera, nets and look loop behind the one small port the door page and the enrolment page use. */

import type { FaceNetNews } from "../../server/protocol/kiosk.ts";
import { captureRules } from "../../server/recognition/capture.ts";
import type { Box } from "../../server/recognition/face-types.ts";
import { DETECT_SIZES_PX } from "../../server/recognition/look.ts";
import { FACE_API_RECOGNISER, type Recogniser } from "../../server/recognition/model.ts";
import { ENROL_LIMITS, PUNCH_LIMITS } from "../../server/recognition/quality.ts";
import type { CameraState, Vision, VisionEvent, VisionMode } from "../app/vision-port.ts";
import { isVirtualCamera, makeCamera } from "./camera.ts";
import { evidenceOf } from "./evidence.ts";
import { makeFrameCanvas } from "./frame-canvas.ts";
import { type LookEvent, type LookTask, startLookLoop } from "./loop.ts";
import { makeNetInUse } from "./net-in-use.ts";
import { type LoadedNets, loadNets, type VisionAssets } from "./nets.ts";
import { surroundings } from "./pass-look.ts";

const RELOAD_MS = 5_000;
/** A camera that stays frozen is opened anew. */
const REOPEN_FROZEN_MS = 8_000;

/** Eyes that load their files from `assets`. Nothing starts before `start`. */
export function makeVision(assets: VisionAssets): Vision {
	let eyes: ReturnType<typeof openEyes> | undefined;
	let mode: VisionMode = { kind: "off" };
	let news: FaceNetNews | undefined;
	return {
		start(video, listener) {
			eyes ??= openEyes(assets, video, listener);
			eyes.useNet(news);
			eyes.setMode(mode);
		},
		useNet(next) {
			news = next;
			eyes?.useNet(next);
		},
		setMode(next) {
			mode = next;
			eyes?.setMode(next);
		},
		retry: () => eyes?.retry(),
	};
}

function openEyes(assets: VisionAssets, video: HTMLVideoElement, listener: (event: VisionEvent) => void) {
	const canvas = makeFrameCanvas();
	let nets: LoadedNets | undefined;
	let mode: VisionMode = { kind: "off" };

	const inUse = makeNetInUse(() => look(mode));
	const recogniser = () => inUse.net()?.recogniser ?? FACE_API_RECOGNISER;

	const condition = makeCondition(listener, () => camera.label());
	const camera = makeCamera(video, condition.set);
	const loop = startLookLoop({
		video,
		canvas,
		net: inUse.net,
		tell: (event) => tell(event),
		failed: () => nets?.useWasm(),
	});

	const tell = async (event: LookEvent) => {
		if (event.kind === "camera") return condition.fault(event.fault, camera.retry);
		condition.seen();
		const told = await translate(event, mode, recogniser(), canvas.jpeg, camera.label());
		if (told) listener(told);
	};
	const load = async () => {
		try {
			nets = await loadNets(assets);
			inUse.setBase(nets.net, nets.loadPack);
			listener({ kind: "measured", backend: nets.backend, frameMs: Math.round(nets.frameMs) });
		} catch {
			setTimeout(load, RELOAD_MS);
		}
	};
	/** Frames kept by another net, or for another purpose, are forgotten. */
	const look = (next: VisionMode) => {
		loop.setTask(undefined);
		loop.setTask(taskOf(next, recogniser()));
	};
	camera.open();
	void load();

	return {
		retry: camera.retry,
		useNet: inUse.want,
		setMode(next: VisionMode) {
			mode = next;
			loop.setTask(taskOf(next, recogniser()));
		},
	};
}

function taskOf(mode: VisionMode, { thresholds, normalise }: Recogniser): LookTask | undefined {
	const agreement = thresholds.frameAgreement.value;
	if (mode.kind === "off") return undefined;
	if (mode.kind === "enrol")
		return {
			profile: { limits: ENROL_LIMITS, pose: mode.pose, detectPx: DETECT_SIZES_PX, describe: false },
			rules: captureRules(1, agreement, normalise),
		};
	if (mode.kind === "turn")
		return {
			profile: { limits: PUNCH_LIMITS, pose: "front", detectPx: DETECT_SIZES_PX, describe: false },
			rules: captureRules(1, agreement, normalise),
			turn: mode,
		};
	return {
		profile: { limits: PUNCH_LIMITS, pose: "front", detectPx: DETECT_SIZES_PX, describe: true },
		// Whoever walks by is before the camera for a second: one look fewer.
		rules: captureRules(
			mode.kind === "pass" ? Math.max(2, mode.framesNeeded - 1) : mode.framesNeeded,
			agreement,
			normalise,
		),
		isPassing: mode.kind === "pass",
	};
}

/** The camera's state as the page shows it; tells only changes. */
function makeCondition(listener: (event: VisionEvent) => void, label: () => string) {
	let state: CameraState | undefined;
	let sinceMs = 0;
	const set = (next: CameraState) => {
		if (next === state) return;
		state = next;
		sinceMs = performance.now();
		listener({ kind: "camera", state: next, label: label() || undefined });
	};
	return {
		set,
		fault(fault: CameraState, reopen: () => void): void {
			set(fault);
			if (state === "frozen" && performance.now() - sinceMs > REOPEN_FROZEN_MS) reopen();
		},
		/** A live picture ends black and frozen. */
		seen: () => {
			if (state === "black" || state === "frozen") set("ok");
		},
	};
}

async function translate(
	event: Exclude<LookEvent, { kind: "camera" }>,
	mode: VisionMode,
	recogniser: Recogniser,
	jpeg: (part?: Box) => Promise<string>,
	label: string,
): Promise<VisionEvent | undefined> {
	const needed = mode.kind === "punch" ? mode.framesNeeded : 1;
	switch (event.kind) {
		case "waiting":
			return { kind: "nobody" };
		case "several":
			return { kind: "several" };
		case "look":
			return { kind: "face", advice: event.advice, agreed: 0, needed, yaw: event.yaw };
		case "agreeing":
			return { kind: "face", advice: "ok", agreed: event.have, needed: event.need, yaw: event.yaw };
		case "pass": {
			const { told, faces } = event;
			if (!told) return faces === 0 ? { kind: "nobody" } : { kind: "face", advice: "ok", agreed: 0, needed };
			if (told.descriptor.length !== recogniser.descriptorLength) return undefined;
			const { measures, track, stays } = told;
			const part = surroundings(measures.box, measures.frameWidthPx, measures.frameHeightPx);
			const face = evidenceOf({ ...told, path: [] }, recogniser, await jpeg(part), label);
			told.descriptor.fill(0);
			return { kind: "passer", track, face, stays, virtualCamera: isVirtualCamera(label) };
		}
		case "turning":
			return { kind: "face", advice: "ok", agreed: event.share, needed: 1 };
		case "turned":
			return event;
		case "shot":
			return mode.kind === "enrol" ? { kind: "shot", pose: mode.pose, jpeg: await jpeg() } : undefined;
		case "ready": {
			// The net was changed while this frame was on its way.
			if (event.probe.descriptor.length !== recogniser.descriptorLength) return undefined;
			const face = evidenceOf(event.probe, recogniser, await jpeg(), label);
			event.probe.descriptor.fill(0);
			return { kind: "probe", face, virtualCamera: isVirtualCamera(label) };
		}
	}
}
