/**
 * What the engine saw in each picture, kept in a folder: it looks once with every net at hand, later runs read.
 * Filed under the content of the picture and under what the engine makes of a sample photo today, so that a change of
 * the way it looks is looked at anew while a change of the rules that judge is not.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppError } from "../../../server/base/app-error.ts";
import type { Bytes } from "../../../server/base/bytes.ts";
import { fail, must, ok, type Result } from "../../../server/base/result.ts";
import type { FaceEngine } from "../../../server/recogniser/face-engine.ts";
import { type Recogniser, recogniserTag } from "../../../server/recognition/model.ts";
import type { DescribedPhoto, PhotoDescriber } from "../../../server/recognition/photo-describer.ts";
import { sample } from "../pictures.ts";

type FiledFace = Omit<DescribedPhoto["faces"][number], "descriptor" | "descriptors"> & {
	/** Base64 by tag and fingerprint of the net. */
	readonly descriptors: Readonly<Record<string, string>>;
};

interface Filed {
	readonly error?: AppError;
	readonly width?: number;
	readonly height?: number;
	readonly faces?: readonly FiledFace[];
}

export interface LookCache {
	/** A describer that answers with the descriptors of one net; `jpeg` is what came in. */
	describerFor(recogniser: Recogniser): PhotoDescriber;
}

/** What today's engine makes of a sample photo. */
interface Fingerprints {
	readonly looking: string;
	/** Tag → tag and fingerprint. */
	readonly nets: ReadonlyMap<string, string>;
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** Opens a folder, making it when missing; it may be deleted at any time. */
export async function openLookCache(engine: FaceEngine, folder: string): Promise<LookCache> {
	mkdirSync(folder, { recursive: true });
	const prints = await fingerprintsOf(engine);
	const memory = new Map<string, Filed>();
	const look = async (bytes: Uint8Array, search: "one" | "all", netKey: string): Promise<Filed> => {
		const key = sha256([sha256(bytes), search, prints.looking].join("|")).slice(0, 32);
		const path = join(folder, `${key}.json`);
		const known =
			memory.get(key) ?? (existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Filed) : undefined);
		const serves = known && (known.error || known.faces?.every((face) => face.descriptors[netKey]));
		const filed = serves ? known : await lookAndFile(engine, bytes, search, prints, path);
		memory.set(key, filed);
		return filed;
	};
	return {
		describerFor(recogniser) {
			const tag = recogniserTag(recogniser);
			const netKey = prints.nets.get(tag) ?? tag;
			return {
				recogniser,
				describePhoto: async (bytes, { search = "all" } = {}) =>
					unfile(await look(bytes, search, netKey), bytes as Bytes, tag, netKey),
			};
		},
	};
}

async function fingerprintsOf(engine: FaceEngine): Promise<Fingerprints> {
	const tags = engine.recognisers().map(recogniserTag);
	const photo = must(await engine.describePhoto(await sample(1), { nets: tags }));
	const round = (_: string, value: unknown) => (typeof value === "number" ? value.toFixed(2) : value);
	const looking = photo.faces.map(({ measures: { box, score, pose, luma }, advice }) => [
		...[box.x, box.y, box.width, box.height, score, pose.yawProxy, pose.rollDeg, luma.mean, luma.sharpness],
		advice,
	]);
	const ofNet = (tag: string) =>
		sha256(photo.faces.map((face) => [...face.descriptors[tag]!].map((v) => v.toFixed(3))).join("|"));
	return {
		looking: sha256(JSON.stringify(looking, round)),
		nets: new Map(tags.map((tag) => [tag, `${tag}:${ofNet(tag).slice(0, 12)}`])),
	};
}

async function lookAndFile(
	engine: FaceEngine,
	bytes: Uint8Array,
	search: "one" | "all",
	{ nets }: Fingerprints,
	path: string,
): Promise<Filed> {
	const result = await engine.describePhoto(bytes, { priority: "later", search, nets: [...nets.keys()] });
	if (!result.ok && result.error.kind === "unavailable") throw new Error(result.error.code);
	const packed = (descriptors: Readonly<Record<string, Float32Array>>) =>
		Object.fromEntries([...nets].map(([tag, key]) => [key, pack(descriptors[tag]!)]));
	const filed: Filed = result.ok
		? {
				width: result.value.width,
				height: result.value.height,
				faces: result.value.faces.map(({ measures, advice, descriptors }) => ({
					measures,
					advice,
					descriptors: packed(descriptors),
				})),
			}
		: { error: result.error };
	writeFileSync(`${path}.new`, JSON.stringify(filed));
	renameSync(`${path}.new`, path);
	return filed;
}

function unfile(filed: Filed, jpeg: Bytes, tag: string, netKey: string): Result<DescribedPhoto> {
	const { error, width = 0, height = 0, faces = [] } = filed;
	if (error) return fail(error);
	return ok({
		jpeg,
		width,
		height,
		faces: faces.map(({ measures, advice, descriptors }) => {
			const descriptor = unpack(descriptors[netKey]!);
			return { measures, advice, descriptor, descriptors: { [tag]: descriptor } };
		}),
	});
}

const pack = (d: Float32Array): string =>
	Buffer.from(d.buffer, d.byteOffset, d.byteLength).toString("base64");

function unpack(text: string): Float32Array {
	const bytes = Buffer.from(text, "base64");
	return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
