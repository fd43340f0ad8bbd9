/** Finds whose punch it is, from a face, a card or a number with PIN; and what is doubtful about it. Decides nothing about time. */
import type { Employee } from "../../db/employee.ts";
import { fromBase64, unpackFloats } from "../base/bytes.ts";
import type { FaceEvidence, PunchMethod, PunchReply } from "../protocol/kiosk.ts";
import type { RefusalReason } from "../protocol/refusals.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { recogniserTag } from "../recognition/model.ts";
import type { FaceIndex } from "./face-index.ts";
import type { FaceLimit } from "./face-limit.ts";

export interface SubjectDeps {
	readonly faces: FaceIndex;
	readonly faceLimit: FaceLimit;
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
): Promise<SubjectResult> {
	switch (method.kind) {
		case "face":
			return byFace(deps, kioskId, method.face);
		case "card": {
			if (await deps.offerCard(kioskId, method.card)) return refused("card_learnt");
			const holder = deps.cardHolder(method.card);
			return holder ? withFace(deps, holder, "card", method.face) : refused("unknown_card");
		}
		case "pin": {
			const check = await deps.checkPin(kioskId, method.number, method.pin);
			if (check.kind === "wait") return refused("too_many_tries", check.sec);
			if (check.kind === "wrong") return { ...refused("wrong_pin"), lockedId: check.lockedId };
			return withFace(deps, check.employee, "pin", method.face);
		}
	}
}

function byFace(deps: SubjectDeps, kioskId: string, face: FaceEvidence): SubjectResult {
	if (!deps.isFaceOn()) return refused("face_off");
	const waitSec = deps.faceLimit.waitSec(kioskId);
	if (waitSec > 0) return refused("too_many_tries", waitSec);
	const probe = readProbe(deps, face);
	if (!probe) return refused("model_changed");
	const jpeg = readJpeg(face);
	if (!jpeg) return refused("malformed");
	const found = deps.faces.identify(probe);
	const employee = found.kind === "match" ? deps.employeeById(found.personId) : null;
	if (found.kind !== "match" || !employee) {
		deps.faceLimit.failed(kioskId);
		return reply({ outcome: found.kind === "ambiguous" ? "ambiguous" : "unknown" });
	}
	deps.faceLimit.passed(kioskId);
	const match = { how: "face", band: found.band };
	return { kind: "subject", employee, doubts: [], match, evidence: { jpeg, probe, tag: face.modelId } };
}

/** Card or PIN names the person; a face, when there is one, supports or contradicts it. The punch stands either way. */
function withFace(deps: SubjectDeps, employee: Employee, how: string, face?: FaceEvidence): SubjectResult {
	const bare = { kind: "subject" as const, employee, doubts: [], match: { how } };
	const probe = face && deps.isFaceOn() ? readProbe(deps, face) : undefined;
	const jpeg = face && readJpeg(face);
	if (!face || !probe || !jpeg) return bare;
	const verdict = deps.faces.verify(employee.id, probe, face.frames);
	if (verdict.kind === "no_template") return bare;
	const match = { how, face: verdict.kind };
	const evidence = { jpeg, probe, tag: face.modelId };
	if (verdict.kind === "accept") return { ...bare, match, evidence };
	if (verdict.kind === "doubtful") return { ...bare, match, evidence, doubts: ["face_doubtful"] };
	const other = deps.faces.identify(probe);
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
