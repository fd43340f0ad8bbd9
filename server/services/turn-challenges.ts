/**
 * Asks for a turn of the head and judges the answer: the box chooses side and moment, an ask is good once, at one kiosk, for seconds,
 * and only frames the box has looked at itself count. A turn that fails costs nobody a punch: card or PIN remain, and are flagged.
 */
import { fromBase64 } from "../base/bytes.ts";
import { randomToken } from "../base/ids.ts";
import { type Clock, MINUTE_MS } from "../base/units.ts";
import type { FaceEvidence } from "../protocol/kiosk.ts";
import { TENTHS, type TurnAnswer, type TurnAsk } from "../protocol/turn.ts";
import {
	judgeTurn,
	MAY_RETRY,
	nearestTo,
	type Side,
	TURN_RULES,
	type TurnFault,
	type TurnFrame,
	type TurnSample,
} from "../recognition/challenge.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import type { Landmarks } from "../recognition/face-types.ts";
import type { MatchBand } from "../recognition/identify.ts";
import type { DescribedFace, PhotoDescriber } from "../recognition/photo-describer.ts";
import type { FaceIndex } from "./face-index.ts";
import type { Policy } from "./policy.ts";

export interface TurnChallengesDeps {
	readonly clock: Clock;
	readonly faces: Pick<FaceIndex, "recogniser" | "verify">;
	readonly describer: PhotoDescriber;
	policy(): Pick<Policy, "turn" | "turnShare">;
	/** 0 ≤ x < 1. Must not be guessable: it picks the side. */
	chance(): number;
	/** How long somebody at the door may wait for the box's own look; `TURN_LOOK_MS` outside tests. */
	lookMs(): number;
}

/** Whose face was found where, and in which numbers. */
export interface FoundFace {
	readonly kioskId: string;
	readonly employeeId: string;
	readonly probe: Descriptor;
}

export type TurnVerdict =
	| { readonly kind: "passed"; readonly seenMs: number }
	/** The box could not look in time: the punch stands, flagged. */
	| { readonly kind: "unchecked"; readonly seenMs: number }
	/** Not an ask of ours, or no longer: a restart, another kiosk, too late, used before. */
	| { readonly kind: "unknown" }
	| { readonly kind: "again"; readonly ask: TurnAsk }
	| { readonly kind: "failed"; readonly fault: TurnFault };

export interface TurnChallenges {
	/**
	 * Whether a face that was found must turn: on doubt, by chance, or because this person owes a turn here, asked or failed minutes ago.
	 * Trying again until chance or light spares one the turn leads nowhere.
	 */
	isWanted(found: FoundFace, band: MatchBand, doubts: readonly string[]): boolean;
	ask(found: FoundFace): TurnAsk;
	/** Judges an answer once; takes a second or two of the face Worker. */
	judge(found: FoundFace, face: FaceEvidence, answer: TurnAnswer): Promise<TurnVerdict>;
	/** When this person's last turn at this kiosk failed, minutes ago at most: the instant it began. Tells it once. */
	takeFailure(kioskId: string, employeeId: string): number | undefined;
}

/** From the ask to the answer besides the turn itself: two trips, three pictures, a slow tablet. */
const SLACK_MS = 8_000;
/** One turn and one more for those who were slow or shy. */
const MOST_TRIES = 2;
/** Somebody waits at the door: after this the punch is taken unchecked. */
export const TURN_LOOK_MS = 5_000;
/** A turn is owed this long: long enough to fetch a card. */
const OWED_MS = 3 * MINUTE_MS;

interface Pending extends FoundFace {
	readonly id: string;
	readonly side: Side;
	readonly tries: number;
	readonly askedMonoMs: number;
	/** Wall time of the first ask: that is when the person punched. */
	readonly seenMs: number;
}

export function makeTurnChallenges(deps: TurnChallengesDeps): TurnChallenges {
	const asks = makeAsks(deps);
	const failures = makeFailures(deps.clock);
	return {
		isWanted(found, band, doubts) {
			const { turn, turnShare } = deps.policy();
			if (turn === "off") return false;
			if (band === "marginal" || doubts.length > 0) return true;
			if (asks.isOpen(found) || failures.has(found)) return true;
			return turn === "some" && deps.chance() * 100 < turnShare;
		},
		ask: (found) => asks.put(found),
		async judge(found, face, answer) {
			const asked = asks.take(found, answer.id);
			if (!asked) return { kind: "unknown" };
			const frames = await withinTime(deps.lookMs(), (isLate) =>
				lookAtFrames(deps, face.modelId, answer, isLate),
			);
			if (!frames) return { kind: "unchecked", seenMs: asked.seenMs };
			const fault = verdictOn(deps, asked, answer, frames);
			if (!fault) {
				failures.take(found.kioskId, found.employeeId);
				return { kind: "passed", seenMs: asked.seenMs };
			}
			const mayRetry = MAY_RETRY.includes(fault) && asked.tries < MOST_TRIES;
			if (mayRetry) return { kind: "again", ask: asks.put(found, asked) };
			failures.add(asked);
			return { kind: "failed", fault };
		},
		takeFailure: failures.take,
	};
}

/** Open asks, one per kiosk: only one person stands before it. */
function makeAsks({ clock, chance }: TurnChallengesDeps) {
	const pending = new Map<string, Pending>();
	return {
		put(found: FoundFace, before?: Pending): TurnAsk {
			const id = randomToken(18);
			const side: Side = chance() < 0.5 ? "left" : "right";
			const tries = (before?.tries ?? 0) + 1;
			const seenMs = before?.seenMs ?? clock.nowMs();
			pending.set(found.kioskId, { ...found, id, side, tries, askedMonoMs: clock.monoMs(), seenMs });
			return { outcome: "turn", id, side, windowMs: TURN_RULES.windowMs, again: tries > 1 };
		},
		/** Asked of this face here and never answered. */
		isOpen({ kioskId, employeeId }: FoundFace): boolean {
			const known = pending.get(kioskId);
			return known?.employeeId === employeeId && clock.monoMs() - known.askedMonoMs < OWED_MS;
		},
		/** Once; undefined when it was not asked of this face here, or too long ago. */
		take({ kioskId, employeeId }: FoundFace, id: string): Pending | undefined {
			const known = pending.get(kioskId);
			if (known?.id !== id) return undefined;
			pending.delete(kioskId);
			const isLate = clock.monoMs() - known.askedMonoMs > TURN_RULES.windowMs + SLACK_MS;
			return isLate || known.employeeId !== employeeId ? undefined : known;
		},
	};
}

/** Turns that failed lately, by kiosk and person. */
function makeFailures(clock: Clock) {
	const failures = new Map<string, { readonly seenMs: number; readonly untilMonoMs: number }>();
	const lately = (key: string): number | undefined => {
		const known = failures.get(key);
		return known && known.untilMonoMs >= clock.monoMs() ? known.seenMs : undefined;
	};
	return {
		add({ kioskId, employeeId, seenMs }: Pending): void {
			for (const [key, { untilMonoMs }] of failures) if (untilMonoMs < clock.monoMs()) failures.delete(key);
			failures.set(`${kioskId}|${employeeId}`, { seenMs, untilMonoMs: clock.monoMs() + OWED_MS });
		},
		has: ({ kioskId, employeeId }: FoundFace): boolean => lately(`${kioskId}|${employeeId}`) !== undefined,
		take(kioskId: string, employeeId: string): number | undefined {
			const key = `${kioskId}|${employeeId}`;
			const seenMs = lately(key);
			failures.delete(key);
			return seenMs;
		},
	};
}

function verdictOn(
	{ faces }: TurnChallengesDeps,
	asked: Pending,
	answer: TurnAnswer,
	frames: readonly TurnFrame[],
): TurnFault | undefined {
	const { thresholds } = faces.recogniser;
	const { side, probe } = asked;
	const sameFace = thresholds.verifySingle.value;
	const fault = judgeTurn({ side, probe, sameFace, frames, samples: answer.samples.map(sampleOf) });
	if (fault) return fault;
	// The numbers of the probe came from the kiosk; the first frame the box has seen itself must be the same person.
	return faces.verify(asked.employeeId, frames[0]!.descriptor, 1).kind === "reject"
		? "other_face"
		: undefined;
}

const sampleOf = ({ atMs, points }: TurnAnswer["samples"][number]): TurnSample => ({
	atMs,
	landmarks: Array.from({ length: points.length / 2 }, (_, i) => ({
		x: points[2 * i]! / TENTHS,
		y: points[2 * i + 1]! / TENTHS,
	})),
});

/** What the box sees in the frames. Frames without a face are left out; undefined when the Worker cannot look at all, or too late. */
async function lookAtFrames(
	{ describer }: TurnChallengesDeps,
	tag: string,
	{ frames, samples }: TurnAnswer,
	isLate: () => boolean,
): Promise<TurnFrame[] | undefined> {
	const seen: TurnFrame[] = [];
	for (const { sample, jpeg } of frames) {
		if (isLate()) return undefined;
		const bytes = bytesOf(jpeg);
		const told = samples[sample];
		if (!bytes || !told) continue;
		const options = { priority: "now", search: "one", nets: [tag], landmarks: true } as const;
		const looked = await describer.describePhoto(bytes, options);
		if (!looked.ok && looked.error.kind === "unavailable") return undefined;
		const faces = looked.ok ? looked.value.faces.filter(hasLandmarks) : [];
		const face = nearestTo(sampleOf(told).landmarks, faces);
		if (face) seen.push({ sample, landmarks: face.landmarks, descriptor: face.descriptor });
	}
	return seen;
}

const hasLandmarks = (face: DescribedFace): face is DescribedFace & { landmarks: Landmarks } =>
	face.landmarks !== undefined;

function bytesOf(base64: string): Uint8Array | undefined {
	try {
		return fromBase64(base64);
	} catch {
		return undefined;
	}
}

/** Undefined once the time is over; the work is told and should stop at its next step. */
async function withinTime<T>(
	limitMs: number,
	work: (isLate: () => boolean) => Promise<T>,
): Promise<T | undefined> {
	let isLate = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<undefined>((done) => {
		timer = setTimeout(() => {
			isLate = true;
			done(undefined);
		}, limitMs);
	});
	return Promise.race([work(() => isLate), late]).finally(() => clearTimeout(timer));
}
