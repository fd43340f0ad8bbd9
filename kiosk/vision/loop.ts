/** Looks at the camera again and again, 5 to 8 times a second, and tells what it makes of it. Owns the session, not the camera. */
import {
	type CaptureOutput,
	type CaptureRules,
	stepCapture,
	stillFrame,
	watchFrame,
} from "../../server/recognition/capture.ts";
import type { Picture } from "../../server/recognition/face-types.ts";
import { type FramePrint, framePrint } from "../../server/recognition/image-stats.ts";
import type { FaceNet } from "../../server/recognition/look.ts";
import type { FrameMeasures } from "../../server/recognition/quality.ts";
import type { FrameCanvas } from "./frame-canvas.ts";
import { findSingle, type LookProfile, lookAt } from "./look.ts";
import { makePassLook, type PassResult } from "./pass-look.ts";
import { makeSession, type Session } from "./session-guard.ts";
import { makeTurnWatch, type TurnProgress, type TurnTask, type TurnWatch } from "./turn-watch.ts";

export type LookEvent =
	| CaptureOutput
	/** Enrolment: a frame that passes the stricter gates, seen still. */
	| { readonly kind: "shot"; readonly measures: FrameMeasures }
	| TurnProgress
	| ({ readonly kind: "pass" } & PassResult);

export interface LookTask {
	readonly profile: LookProfile;
	readonly rules: CaptureRules;
	/** Instead of a probe: one turn of the head. */
	readonly turn?: TurnTask;
	/** Instead of a probe: everybody who walks by. */
	readonly isPassing?: boolean;
}

export interface LookLoop {
	/** What to look for; undefined rests and forgets the face. */
	setTask(task: LookTask | undefined): void;
}

/** Pause after a frame: with nobody there 5 frames a second are enough; with a face only the screen needs time to paint. */
const IDLE_PAUSE_MS = 120;
const BUSY_PAUSE_MS = 15;
/** No more than 8 frames a second, however fast the device. */
const MIN_FRAME_MS = 125;
const REST_MS = 200;

export interface LoopParts {
	readonly video: HTMLVideoElement;
	readonly canvas: FrameCanvas;
	/** Undefined until loaded: the loop waits. */
	net(): FaceNet | undefined;
	/** Awaited before the next frame, so that the evidence picture is the one just judged. */
	tell(event: LookEvent): Promise<void> | void;
	/** An inference failed; the loop goes on afterwards. */
	failed(error: unknown): Promise<void> | void;
}

/** Starts at once and runs as long as the page. */
export function startLookLoop(parts: LoopParts): LookLoop {
	const session = makeSession(parts.canvas);
	let task: LookTask | undefined;

	const turn = async (): Promise<number> => {
		const now = task;
		const net = parts.net();
		if (!now || !net || document.hidden) return REST_MS;
		const startedMs = performance.now();
		const event = await oneLook(parts, session, net, now);
		if (event && task === now) await parts.tell(event);
		if (task !== now || event?.kind === "ready" || event?.kind === "shot") session.forget();
		// One answer per ask; the page then says what comes next.
		if (event?.kind === "turned" && task === now) task = undefined;
		const spentMs = performance.now() - startedMs;
		const pauseMs =
			!event || event.kind === "waiting" || (event.kind === "pass" && event.faces === 0)
				? IDLE_PAUSE_MS
				: BUSY_PAUSE_MS;
		return Math.max(pauseMs, MIN_FRAME_MS - spentMs);
	};

	const run = async () => {
		for (;;) {
			const pauseMs = await turn().catch(async (error) => {
				session.forget();
				await parts.failed(error);
				return REST_MS;
			});
			await new Promise((wake) => setTimeout(wake, pauseMs));
		}
	};
	void run();

	return {
		setTask(next) {
			task = next;
			if (!next) session.forget();
		},
	};
}

/** Undefined when there was nothing new to look at. */
async function oneLook(
	{ video, canvas }: LoopParts,
	session: Session,
	net: FaceNet,
	task: LookTask,
): Promise<LookEvent | undefined> {
	const picture = canvas.grab(video);
	if (!picture) return undefined;
	const seen = { atMs: performance.now(), print: framePrint(picture) };
	const still = stillFrame(session.capture, seen.print, seen.atMs, task.rules);
	if (still) return still === "same" ? undefined : { kind: "camera", fault: still };
	session.picture = picture;
	if (task.turn || task.isPassing) return lookAside(session, net, picture, seen, task, canvas);
	const { profile, rules } = task;
	const looked = await lookAt(net, picture, seen, session.memory, profile, rules);
	const { measures, advice } = looked;
	const { state, output } = stepCapture(session.capture, looked, rules);
	session.capture = state;
	if (profile.describe || output.kind !== "look" || !measures || advice !== "ok") return output;
	return measures.movedRatio === undefined
		? { kind: "agreeing", have: 0, need: 1, yaw: measures.pose.yawProxy }
		: { kind: "shot", measures };
}

/** Turns and people walking by: the same camera, another question. */
async function lookAside(
	session: Session,
	net: FaceNet,
	picture: Picture,
	seen: { readonly atMs: number; readonly print: FramePrint },
	{ profile, rules, turn }: LookTask,
	canvas: FrameCanvas,
): Promise<LookEvent> {
	const { state, fault } = watchFrame(session.capture, seen, rules);
	session.capture = state;
	if (fault) return { kind: "camera", fault };
	if (turn) {
		const landmarks = await findSingle(net, picture, profile, rules);
		return watchFor(session, turn, canvas).look(seen.atMs, landmarks);
	}
	session.pass ??= makePassLook(rules.need, rules);
	return { kind: "pass", ...(await session.pass.look(net, picture, seen.atMs)) };
}

/** The watch of this turn; a new ask gets a new one. */
function watchFor(session: Session, turn: TurnTask, canvas: FrameCanvas): TurnWatch {
	if (session.turn?.id !== turn.id) session.turn = { id: turn.id, watch: makeTurnWatch(turn, canvas.jpeg) };
	return session.turn.watch;
}
