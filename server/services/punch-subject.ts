/** Finds whose punch it is, from a face, a card or a number with PIN; and what is doubtful about it. Decides nothing about time. */
import type { Employee } from "../../db/employee.ts";
import { fromBase64, unpackFloats } from "../base/bytes.ts";
import type { FaceEvidence, PunchMethod, PunchReply } from "../protocol/kiosk.ts";
import type { RefusalReason } from "../protocol/refusals.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { recogniserTag } from "../recognition/model.ts";
import type { DoorDays } from "./door-days.ts";
import type { FaceIndex } from "./face-index.ts";
import type { FaceLimit } from "./face-limit.ts";
import type { FoundFace, TurnChallenges } from "./turn-challenges.ts";

export interface SubjectDeps {
	readonly faces: FaceIndex;
	readonly faceLimit: FaceLimit;
	readonly doorDays: Pick<DoorDays, "noteSearch">;
	readonly headTurns: TurnChallenges;
	isFaceOn(): boolean;
	employeeById(id: string): Employee | null;
	/** The holder of a card text; null for a card nobody has. */
	cardHolder(card: string): Employee | null;
	/** Binds the card when an admin waits for one at this kiosk; true when it was taken. */
	offerCard(kioskId: string, card: string): Promise<boolean>;
	/** Throttled per person and kiosk; `wait` carries the seconds to wait. */
	checkPin(kioskId: string, number: string, pin: string): Promise<PinCheck>;
}

export type PinCheck =
	| { readonly kind: "right"; readonly employee: Employee }
	/** `lockedId`: with this try the person's PIN is locked for a while. */
	| { readonly kind: "wrong"; readonly lockedId?: string }
	| { readonly kind: "wait"; readonly sec: number };

/** A person and how they were found. `probe` is the kiosk's descriptor when the photo may be kept as evidence. */
export interface Subject {
	readonly kind: "subject";
	readonly employee: Employee;
	readonly doubts: readonly string[];
	readonly match: Readonly<Record<string, string>>;
	readonly evidence?: { readonly jpeg: Uint8Array; readonly probe: Descriptor; readonly tag: string };
	/** Wall time at which the person came, when turning the head or fetching a card took a while since. */
	readonly seenMs?: number;
}

/** What a punch came with besides its method. */
export interface Circumstances {
	/** What the kiosk itself noticed. */
	readonly doubts: readonly string[];
	/** Somebody stands at the door now: only then can a turn be asked for. */
	readonly isLive: boolean;
}

/** Nobody was found: what the kiosk is told. */
export interface NoSubject {
	readonly kind: "reply";
	readonly reply: PunchReply;
	/** Whose PIN was locked by this try. */
	readonly lockedId?: string;
}

export type SubjectResult = Subject | NoSubject;

const reply = (value: PunchReply): NoSubject => ({ kind: "reply", reply: value });
const refused = (code: RefusalReason, retryAfterSec?: number): NoSubject =>
	reply({ outcome: "refused", code: `kiosk.refused.${code}`, retryAfterSec });

/** Resolves the method of a punch request. */
export async function findSubject(
	deps: SubjectDeps,
	kioskId: string,
	method: PunchMethod,
	about: Circumstances,
): Promise<SubjectResult> {
	switch (method.kind) {
		case "face":
			return byFace(deps, kioskId, method, about);
		case "card": {
			if (await deps.offerCard(kioskId, method.card)) return refused("card_learnt");
			const holder = deps.cardHolder(method.card);
			if (!holder) return refused("unknown_card");
			return withFailedTurn(deps, kioskId, withFace(deps, holder, "card", method.face), about);
		}
		case "pin": {
			const check = await deps.checkPin(kioskId, method.number, method.pin);
			if (check.kind === "wait") return refused("too_many_tries", check.sec);
			if (check.kind === "wrong") return { ...refused("wrong_pin"), lockedId: check.lockedId };
			return withFailedTurn(deps, kioskId, withFace(deps, check.employee, "pin", method.face), about);
		}
	}
}

type FaceMethod = Extract<PunchMethod, { kind: "face" }>;

async function byFace(
	deps: SubjectDeps,
	kioskId: string,
	{ face, turn, passing }: FaceMethod,
	about: Circumstances,
): Promise<SubjectResult> {
	if (!deps.isFaceOn()) return refused("face_off");
	const waitSec = deps.faceLimit.waitSec(kioskId);
	if (waitSec > 0) return refused("too_many_tries", waitSec);
	const probe = readProbe(deps, face);
	if (!probe) return refused("model_changed");
	const jpeg = readJpeg(face);
	if (!jpeg) return refused("malformed");
	const found = deps.faces.identify(probe);
	const employee = found.kind === "match" ? deps.employeeById(found.personId) : null;
	// A turn is the second half of a search that has been counted.
	if (!turn)
		deps.doorDays.noteSearch(kioskId, found.kind === "match" ? found.band : found.kind, face.quality);
	if (found.kind !== "match" || !employee) {
		deps.faceLimit.failed(kioskId);
		return reply({ outcome: found.kind === "ambiguous" ? "ambiguous" : "unknown" });
	}
	deps.faceLimit.passed(kioskId);
	const match = { how: "face", band: found.band };
	const evidence = { jpeg, probe, tag: face.modelId };
	const subject = { kind: "subject" as const, employee, doubts: [], match, evidence };
	const who = { kioskId, employeeId: employee.id, probe };
	if (turn) return afterTurn(deps, subject, who, { face, turn }, about);
	const mustTurn = about.isLive && deps.headTurns.isWanted(who, found.band, about.doubts);
	if (!mustTurn) return subject;
	// Whoever walks by cannot be asked anything; stopping at the tablet is the way out.
	return reply(passing ? { outcome: "ambiguous" } : deps.headTurns.ask(who));
}

/** A punch with a turn. One that was kept while the box was away cannot be asked again: it stands, flagged. */
async function afterTurn(
	deps: SubjectDeps,
	subject: Subject,
	who: FoundFace,
	{ face, turn }: Required<Pick<FaceMethod, "face" | "turn">>,
	{ isLive }: Circumstances,
): Promise<SubjectResult> {
	const { headTurns, faceLimit } = deps;
	const verdict = await headTurns.judge(who, face, turn);
	// Meanwhile the net may have been changed, or the consent withdrawn: nothing of that face may be kept then.
	if (!readProbe(deps, face)) return refused("model_changed");
	if (!deps.faces.gallery.has(who.employeeId)) return reply({ outcome: "unknown" });
	switch (verdict.kind) {
		case "passed":
			return { ...subject, match: { ...subject.match, turn: "passed" }, seenMs: verdict.seenMs };
		case "unchecked":
			return { ...subject, doubts: ["turn_unchecked"], seenMs: verdict.seenMs };
		case "again":
			return reply(verdict.ask);
		case "failed":
			faceLimit.failed(who.kioskId);
			return reply({ outcome: "turn_failed" });
		case "unknown":
			return isLive ? reply(headTurns.ask(who)) : { ...subject, doubts: ["turn_unchecked"] };
	}
}

/** Card or PIN right after a turn that failed: the punch stands, and says so. One kept from before has nothing to do with it. */
function withFailedTurn(
	{ headTurns }: SubjectDeps,
	kioskId: string,
	subject: Subject,
	{ isLive }: Circumstances,
): Subject {
	const seenMs = isLive ? headTurns.takeFailure(kioskId, subject.employee.id) : undefined;
	if (seenMs === undefined) return subject;
	return { ...subject, doubts: [...subject.doubts, "turn_failed"], seenMs };
}

/**
 * Card or PIN names the person; a face, when there is one, supports or contradicts it. The punch stands either way, and keeps why the face
 * alone did not do (`asked`).
 */
function withFace(deps: SubjectDeps, employee: Employee, how: string, face?: FaceEvidence): Subject {
	const bare = { kind: "subject" as const, employee, doubts: [], match: { how } };
	const probe = face && deps.isFaceOn() ? readProbe(deps, face) : undefined;
	const jpeg = face && readJpeg(face);
	if (!face || !probe || !jpeg) return bare;
	const verdict = deps.faces.verify(employee.id, probe, face.frames);
	if (verdict.kind === "no_template") return bare;
	const other = deps.faces.identify(probe);
	const asked = other.kind === "match" ? undefined : other.kind === "ambiguous" ? other.reason : other.kind;
	const match = { how, face: verdict.kind, ...(asked && { asked }) };
	const evidence = { jpeg, probe, tag: face.modelId };
	if (verdict.kind === "accept") return { ...bare, match, evidence };
	if (verdict.kind === "doubtful") return { ...bare, match, evidence, doubts: ["face_doubtful"] };
	// A face that is nobody's on the staff is told of, but not kept.
	if (other.kind !== "match") return { ...bare, match, doubts: ["other_face"] };
	return { ...bare, match: { ...match, seen: other.personId }, evidence, doubts: ["other_face"] };
}

/** Undefined when the kiosk runs another net than the box: such numbers never compare. */
function readProbe({ faces }: SubjectDeps, face: FaceEvidence): Descriptor | undefined {
	if (face.modelId !== recogniserTag(faces.recogniser)) return undefined;
	const bytes = Buffer.from(face.descriptor, "base64");
	if (bytes.length !== faces.recogniser.descriptorLength * 4) return undefined;
	const probe = unpackFloats(bytes);
	return probe.every(Number.isFinite) ? probe : undefined;
}

/** Undefined for text that is no base64. What the bytes show is looked at later, by the second look. */
function readJpeg({ jpeg }: FaceEvidence): Uint8Array | undefined {
	try {
		return fromBase64(jpeg);
	} catch {
		return undefined;
	}
}
