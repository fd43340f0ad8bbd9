/** The manifest of a face pack: what the net is, how its chip is cut, which distances mean what, whose it is, and what its files hash to. */
import { type Static, Type as t } from "@sinclair/typebox";

const strict = { additionalProperties: false };
const Figure = t.Object(
	{ value: t.Number({ minimum: 0, maximum: 1_000 }), source: t.String({ maxLength: 300 }) },
	strict,
);
const ChipPixel = t.Number({ minimum: -512, maximum: 1_024 });

const Anchor = t.Object(
	{
		/** Points of the 68-point scheme; their mean lands at (x, y). */
		landmarks: t.Array(t.Integer({ minimum: 0, maximum: 67 }), { minItems: 1, maxItems: 68 }),
		x: ChipPixel,
		y: ChipPixel,
	},
	strict,
);

const limit = t.Number({ minimum: -1_000, maximum: 1_000 });
const CrowdRule = t.Object(
	{
		fromPeople: t.Integer({ minimum: 1, maximum: 100_000 }),
		neighbours: t.Integer({ minimum: 1, maximum: 5 }),
		weight: t.Number({ minimum: 0, maximum: 1 }),
		searchLimit: limit,
		claimLimit: limit,
		source: t.String({ maxLength: 300 }),
	},
	strict,
);

const Thresholds = t.Object(
	{
		accept: Figure,
		ambiguous: Figure,
		crowd: t.Array(CrowdRule, { minItems: 1, maxItems: 8 }),
		verifySingle: Figure,
		verifyMulti: Figure,
		twin: Figure,
		tamper: Figure,
		outlier: Figure,
		frameAgreement: Figure,
	},
	strict,
);

/** The same record as `Recogniser` of the built-in net; the bounds keep a chip and a descriptor small. */
export const PackRecogniser = t.Object(
	{
		modelId: t.String({ pattern: "^[a-z0-9][a-z0-9-]{1,31}$" }),
		modelVersion: t.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9./-]{0,23}$" }),
		alignmentVersion: t.Integer({ minimum: 1, maximum: 999 }),
		chipSizePx: t.Integer({ minimum: 32, maximum: 320 }),
		anchors: t.Array(Anchor, { minItems: 2, maxItems: 16 }),
		edge: t.Union([t.Literal("black"), t.Literal("clamp")]),
		input: t.Object(
			{
				order: t.Union([t.Literal("rgb"), t.Literal("bgr")]),
				mean: t.Number({ minimum: 0, maximum: 255 }),
				scale: t.Number({ exclusiveMinimum: 0, maximum: 1 }),
			},
			strict,
		),
		descriptorLength: t.Integer({ minimum: 32, maximum: 1_024 }),
		normalise: t.Union([t.Literal("none"), t.Literal("l2")]),
		metric: t.Literal("euclidean"),
		thresholds: Thresholds,
	},
	strict,
);

const Sha256 = t.String({ pattern: "^[0-9a-f]{64}$" });
const PackFile = t.Object({ sha256: Sha256, bytes: t.Integer({ minimum: 1, maximum: 64_000_000 }) }, strict);
const TwoLanguages = t.Object(
	{ en: t.String({ minLength: 1, maxLength: 2_000 }), "zh-CN": t.String({ minLength: 1, maxLength: 2_000 }) },
	strict,
);

const about = {
	name: t.String({ minLength: 1, maxLength: 60 }),
	recogniser: PackRecogniser,
	/** What is known, and not known, about the pictures the net learned from; an owner reads it before switching. */
	trainingData: TwoLanguages,
};

export const FACE_PACK_FORMAT = "dianmao-face-pack/1";

export const FacePackManifest = t.Object(
	{
		format: t.Literal(FACE_PACK_FORMAT),
		...about,
		licence: t.Object(
			{ name: t.String({ maxLength: 40 }), text: t.String({ minLength: 1, maxLength: 40_000 }) },
			strict,
		),
		/** Where the net comes from, for people: project and commit. */
		origin: t.String({ maxLength: 300 }),
		files: t.Object({ model: PackFile, weights: PackFile }, strict),
	},
	strict,
);
export type FacePackManifest = Static<typeof FacePackManifest>;

/** Names of the files of a pack, in its folder, its zip and its addresses. */
export const PACK_FILES = { manifest: "manifest.json", model: "model.json", weights: "weights.bin" } as const;

/** Address of the folder in which a box serves a pack to its kiosks; the id names the content, so it never changes. */
export const packFolderUrl = (id: string): string => `/face-packs/${id}`;

const SourceFile = t.Object(
	{
		path: t.String({ pattern: "^[A-Za-z0-9_./-]{1,200}$" }),
		sha256: Sha256,
		bytes: t.Integer({ minimum: 1 }),
	},
	strict,
);

/** A net whose maker publishes MXNet files: enough to fetch, check and convert them into a pack. */
export const FacePackSource = t.Object(
	{
		...about,
		licenceName: t.String({ maxLength: 40 }),
		origin: t.String({ maxLength: 300 }),
		/** Address of the folder at one commit, with a slash at the end. */
		address: t.String({ pattern: "^https?://[^\\s]{1,300}/$" }),
		files: t.Object({ symbol: SourceFile, params: SourceFile, licence: SourceFile }, strict),
	},
	strict,
);
export type FacePackSource = Static<typeof FacePackSource>;
