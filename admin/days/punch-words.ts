/** Icons and words for what a punch is and what is doubtful about it. Shared by board, day list, doubts and make-ups. */
import type { ClockState, NoteKind, PunchMethodName, PunchSource } from "../../db/punch.ts";
import { sayCode, type T } from "../../server/web/i18n.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import type { IconName } from "../frame/icons.tsx";

export const METHOD_ICONS: Readonly<Record<PunchMethodName, IconName>> = {
	face: "face",
	card: "card",
	fingerprint: "key",
	pin: "pin",
	phone: "phone",
	makeup: "request",
};

export const METHODS: readonly PunchMethodName[] = ["face", "card", "pin", "phone", "fingerprint", "makeup"];

export interface Doubted {
	readonly doubts: readonly string[];
	readonly clock: ClockState;
	readonly source: PunchSource;
	readonly notes: readonly NoteKind[];
}

/** Every reason to look twice, most telling first, as codes with a sentence each in the `punches` area. */
export function reasonsOf({ doubts, clock, source, notes }: Doubted): string[] {
	const told = notes.filter((kind) => kind === "not_me" || kind === "mismatch");
	return [
		...new Set([
			...told,
			...doubts,
			...(clock === "ok" ? [] : [clock]),
			...(source === "queued" ? ["queued"] : []),
		]),
	];
}

/** The reasons an inbox can be narrowed to. */
export const REASONS = [
	"not_me",
	"mismatch",
	"several_faces",
	"other_face",
	"face_doubtful",
	"turn_failed",
	"turn_unchecked",
	"inactive_person",
	"camera_frozen",
	"camera_off",
	"virtual_camera",
	"unsync",
	"jumped",
	"queued",
] as const;

/** A few words for a reason; a code nobody has words for is shown as it is. */
export const sayReason = (t: T, code: string): string => sayOr(t, `punches.reason.${code}`, code);

/** What it means and what to look at. */
export const explainReason = (t: T, code: string): string => sayOr(t, `punches.why.${code}`, "");

const sayOr = (t: T, key: string, otherwise: string): string =>
	isMessageKey(key) ? sayCode(t, key) : otherwise;
