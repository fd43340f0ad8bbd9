/** What is known about a face net: how its chip is cut and which distances mean what. Data only; the net itself runs elsewhere. */

import type { CrowdRule } from "./crowd.ts";

/** A number together with the measurement it rests on. */
export interface Figure {
	readonly value: number;
	readonly source: string;
}

/** One point of a chip: the mean of some landmarks lands at (x, y). */
export interface Anchor {
	readonly landmarks: readonly number[];
	readonly x: number;
	readonly y: number;
}

/** Distances between descriptors of one net. Other nets need other figures. */
export interface Thresholds {
	/** 1:N: never accept above. */
	readonly accept: Figure;
	/** 1:N: between `accept` and this the answer is "perhaps": ask for card or PIN. */
	readonly ambiguous: Figure;
	/** How a distance is judged against the crowd, by size of the gallery, ascending; the first holds from one person on. */
	readonly crowd: readonly CrowdRule[];
	/** 1:1 after card or PIN, one frame: never accept above. */
	readonly verifySingle: Figure;
	/** 1:1 after card or PIN, mean of at least three frames: never accept above. */
	readonly verifyMulti: Figure;
	/** Enrolment: two people this near to each other always need a card. */
	readonly twin: Figure;
	/** Kiosk's descriptor against the server's own from the evidence frame. */
	readonly tamper: Figure;
	/** Enrolment: a photo this far from the person's other photos is not of them. */
	readonly outlier: Figure;
	/** Frames of one visit this far apart do not show the same face. */
	readonly frameAgreement: Figure;
}

/** `black`, or the nearest pixel of the picture (`clamp`). */
export type ChipEdge = "black" | "clamp";
export type Normalise = "none" | "l2";

/** How the 0–255 values of a chip are fed: `(value - mean) * scale`, colours in this order. */
export interface ChipInput {
	readonly order: "rgb" | "bgr";
	readonly mean: number;
	readonly scale: number;
}

/** One face net, built in or from a pack. */
export interface Recogniser {
	readonly modelId: string;
	/** Version and size of the weights. */
	readonly modelVersion: string;
	/** Raised whenever the way a chip is cut changes: older templates are then recomputed. */
	readonly alignmentVersion: number;
	readonly chipSizePx: number;
	readonly anchors: readonly Anchor[];
	/** What a chip shows where it reaches beyond the picture. */
	readonly edge: ChipEdge;
	readonly input: ChipInput;
	readonly descriptorLength: number;
	/** `l2`: a descriptor has length 1, and so has every mean of descriptors. */
	readonly normalise: Normalise;
	readonly metric: "euclidean";
	readonly thresholds: Thresholds;
}

const EYE_LEFT_IN_IMAGE = [36, 37, 38, 39, 40, 41];
const EYE_RIGHT_IN_IMAGE = [42, 43, 44, 45, 46, 47];
const MOUTH = [48, 49, 50, 51, 52, 53, 54, 60, 61, 62, 63, 64];

const ea = (text: string) => `East-Asian set, own alignment with flip: ${text}`;

/** The net that ships with face-api: a 29-layer ResNet, 128 numbers. Its library default of 0.6 lets 44 % of East-Asian strangers in. */
export const FACE_API_RECOGNISER: Recogniser = {
	modelId: "face-api-resnet",
	modelVersion: "1.7.15/6.4MB",
	alignmentVersion: 1,
	chipSizePx: 150,
	anchors: [
		{ landmarks: EYE_LEFT_IN_IMAGE, x: 47.5, y: 46.6 },
		{ landmarks: EYE_RIGHT_IN_IMAGE, x: 100.5, y: 46.6 },
		{ landmarks: MOUTH, x: 74, y: 101.3 },
	],
	edge: "black",
	input: { order: "rgb", mean: 0, scale: 1 },
	descriptorLength: 128,
	normalise: "none",
	metric: "euclidean",
	thresholds: {
		accept: {
			value: 0.46,
			source: ea(
				"no colleague lies this near with a relative distance that passes; WEST strangers begin at 0.50",
			),
		},
		ambiguous: { value: 0.5, source: ea("5–6 % of single comparisons of strangers lie below 0.5") },
		crowd: [
			{
				fromPeople: 1,
				neighbours: 1,
				weight: 0,
				searchLimit: 0.303,
				claimLimit: 0.355,
				source: ea("3 and 6 enrolled, 670 strangers: none at 0.303 or nearer; 1:1 1 % at 0.355"),
			},
			{
				fromPeople: 10,
				neighbours: 1,
				weight: 0.3,
				searchLimit: 0.058,
				claimLimit: 0.09,
				source: ea("10 and 15 enrolled, 669 strangers: none at 0.058; 1:1 0.1 % at 0.090"),
			},
			{
				fromPeople: 20,
				neighbours: 5,
				weight: 0.5,
				searchLimit: -0.108,
				claimLimit: -0.08,
				source: ea("20 enrolled, 336 strangers: none at -0.108; 1:1 0.1 % at -0.080"),
			},
			{
				fromPeople: 25,
				neighbours: 5,
				weight: 0.5,
				searchLimit: -0.092,
				claimLimit: -0.075,
				source: ea("26, 30 and 60 enrolled, 1005 strangers: none at -0.091; 1:1 0.1 % at -0.072"),
			},
		],
		verifySingle: { value: 0.46, source: ea("see accept; the relative distance decides") },
		verifyMulti: { value: 0.46, source: ea("see accept; the relative distance decides") },
		twin: {
			value: 0.37,
			source: ea("the nearest two of 26 people lie 0.370 apart and neither was taken for the other"),
		},
		tamper: { value: 0.25, source: "same frame, kiosk against server: median 0.063, largest 0.098" },
		outlier: { value: 0.45, source: ea("two photos of one person are further apart in 16 % of pairs") },
		frameAgreement: {
			value: 0.32,
			source: "two recordings of moving heads: a frame is at most 0.26 from the mean of the three before it",
		},
	},
};

/** The tag stored with every template and sent with every probe; descriptors of different tags never compare. */
export const recogniserTag = (r: Recogniser): string =>
	`${r.modelId}@${r.modelVersion}#a${r.alignmentVersion}`;
