/** Judges the photos of one enrolment: one face each, good enough, all of one person, none twice. Stores nothing. */
import { createHash } from "node:crypto";
import type { AppError } from "../base/app-error.ts";
import { invalid } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import type { DescribedPhoto, PhotoDescriber, PhotoPriority } from "../recognition/photo-describer.ts";
import {
	type Advice,
	assessFrame,
	type FrameMeasures,
	PHOTO_LIMITS,
	type Pose,
	type QualityLimits,
} from "../recognition/quality.ts";
import { outlierPhotos } from "../recognition/verify.ts";

export interface NewPhoto {
	readonly pose: Pose;
	/** As it came; any image format the decoder takes. */
	readonly bytes: Uint8Array;
}

/** A photo fit to be stored: re-encoded, with its template. */
export interface GoodPhoto {
	readonly pose: Pose;
	readonly jpeg: Bytes;
	readonly sha256: Uint8Array;
	readonly descriptor: Descriptor;
	/** Tag of the net that made the descriptor. */
	readonly tag: string;
	readonly measures: FrameMeasures;
}

/** What became of each photo, in the order they came. */
export type PhotoVerdict = { readonly ok: true } | { readonly ok: false; readonly error: AppError };

export interface JudgedPhotos {
	readonly good: readonly GoodPhoto[];
	readonly verdicts: readonly PhotoVerdict[];
	/** The face worker could not look at all: nothing is wrong with the photos. */
	readonly unavailable?: AppError;
}

/**
 * Frames from our own pages passed the stricter gates there, on the picture before its JPEG; the same gates again would
 * refuse what lies on the border. Pose limits are widened by about the error of the landmarks (0.05).
 */
const FRAME_LIMITS: QualityLimits = {
	...PHOTO_LIMITS,
	minFaceWidthPx: 100,
	maxFrontYaw: 0.2,
	sideYaw: [0.08, 0.4],
};

/** What a person can do about a photo that fails a gate. */
const ADVICE_CODES: Readonly<Record<Exclude<Advice, "ok">, string>> = {
	low_score: "enrol.advice.low_score",
	off_centre: "enrol.advice.off_centre",
	too_far: "enrol.advice.too_far",
	too_close: "enrol.advice.too_close",
	too_dark: "enrol.advice.too_dark",
	too_bright: "enrol.advice.too_bright",
	glare: "enrol.advice.glare",
	side_light: "enrol.advice.side_light",
	turn_to_front: "enrol.advice.turn_to_front",
	turn_left: "enrol.advice.turn_left",
	turn_right: "enrol.advice.turn_right",
	tilt: "enrol.advice.tilt",
	moving: "enrol.advice.moving",
	blurry: "enrol.advice.blurry",
};

type Looked = { readonly good: GoodPhoto } | { readonly error: AppError };

/** `frames`: from our camera pages, pose counts; otherwise uploaded portraits. */
export async function judgePhotos(
	describer: PhotoDescriber,
	photos: readonly NewPhoto[],
	kind: "frames" | "portraits",
	priority: PhotoPriority,
): Promise<JudgedPhotos> {
	const looked: Looked[] = [];
	for (const photo of photos) {
		const described = await describer.describePhoto(photo.bytes, { priority });
		if (!described.ok && described.error.kind === "unavailable")
			return { good: [], verdicts: [], unavailable: described.error };
		looked.push(described.ok ? judge(photo.pose, described.value, kind) : { error: described.error });
	}
	const strangers = findStrangers(describer, dropCopies(looked));
	const verdicts = strangers.map(
		(one): PhotoVerdict => ("good" in one ? { ok: true } : { ok: false, error: one.error }),
	);
	return { good: strangers.flatMap((one) => ("good" in one ? [one.good] : [])), verdicts };
}

function judge(pose: Pose, photo: DescribedPhoto, kind: "frames" | "portraits"): Looked {
	const face = photo.faces[0];
	if (!face) return { error: invalid("enrol.photo_no_face") };
	const faces = photo.faces.filter(({ measures }) => isRival(measures, face.measures)).length;
	if (faces > 1) return { error: invalid("enrol.photo_several", undefined, { faces }) };
	const advice = kind === "frames" ? assessFrame(face.measures, FRAME_LIMITS, pose) : face.advice;
	if (advice !== "ok") return { error: invalid(ADVICE_CODES[advice]) };
	const sha256 = createHash("sha256").update(photo.jpeg).digest();
	const { descriptor, measures } = face;
	const tag = Object.keys(face.descriptors)[0] ?? "";
	return { good: { pose, jpeg: photo.jpeg, sha256, descriptor, tag, measures } };
}

/** Faces much smaller than the person's are passers-by or posters far behind; they are never described as this person. */
const RIVAL_RATIO = 0.35;

const isRival = (other: FrameMeasures, face: FrameMeasures): boolean =>
	other.box.width >= RIVAL_RATIO * face.box.width;

/** The same picture twice says nothing new and would hide an outlier. */
function dropCopies(looked: readonly Looked[]): Looked[] {
	const seen = new Set<string>();
	return looked.map((one) => {
		if (!("good" in one)) return one;
		const hash = Buffer.from(one.good.sha256).toString("hex");
		if (seen.has(hash)) return { error: invalid("enrol.photo_twice") };
		seen.add(hash);
		return one;
	});
}

/** Takes out, one by one, the photo that is least like the others while it is too unlike them. */
function findStrangers({ recogniser }: PhotoDescriber, looked: readonly Looked[]): Looked[] {
	const out = [...looked];
	for (;;) {
		const at = out.flatMap((one, index) => ("good" in one ? [index] : []));
		const good = at.map((index) => (out[index] as { good: GoodPhoto }).good.descriptor);
		const worst = outlierPhotos(good, recogniser.thresholds)[0];
		if (worst === undefined) return out;
		// Of two photos nobody can tell which is the stranger.
		const blamed = good.length === 2 ? at : [at[worst]!];
		for (const index of blamed) out[index] = { error: invalid("enrol.photo_other_person") };
	}
}
