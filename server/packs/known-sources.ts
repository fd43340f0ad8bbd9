/** The nets this program knows where to find, and how their published files become a pack. Fetches nothing itself. */
import mobileFaceV2 from "../../assets/face-packs/mobileface-v2.json" with { type: "json" };
import { invalid } from "../base/app-error.ts";
import { type Bytes, utf8 } from "../base/bytes.ts";
import { fail, type Result } from "../base/result.ts";
import {
	FACE_PACK_FORMAT,
	type FacePackManifest,
	type FacePackSource,
	PACK_FILES,
} from "../protocol/face-pack.ts";
import { convertMxnet } from "../recognition/mxnet/convert.ts";
import { type FacePack, openPack, sha256Hex } from "./face-pack.ts";

/** The pack the first run and the settings page recommend. Held against its schema by a test: a start has no time for it. */
const RECOMMENDED_SOURCE = mobileFaceV2 as FacePackSource;

export const KNOWN_SOURCES: readonly FacePackSource[] = [RECOMMENDED_SOURCE];

export interface SourceFiles {
	readonly symbol: Bytes;
	readonly params: Bytes;
	readonly licence: Bytes;
}

export const SOURCE_ROLES = ["symbol", "params", "licence"] as const;

/** Converts the published files, which must be exactly the ones known. Fails with `packs.checksum` or the converter's codes. */
export function packFromSource(source: FacePackSource, files: SourceFiles): Result<FacePack> {
	for (const role of SOURCE_ROLES) {
		const { sha256, path } = source.files[role];
		if (sha256Hex(files[role]) !== sha256)
			return fail(invalid("packs.checksum", undefined, { file: path.split("/").at(-1)! }));
	}
	const { recogniser } = source;
	const pair = { symbol: new TextDecoder().decode(files.symbol), params: files.params };
	const converted = convertMxnet(pair, recogniser.chipSizePx, PACK_FILES.weights);
	if (!converted.ok) return converted;
	const model = utf8(converted.value.json);
	const { weights } = converted.value;
	const licence = new TextDecoder().decode(files.licence);
	const manifest = utf8(JSON.stringify(manifestOf(source, licence, model, weights), undefined, "\t"));
	return openPack({ manifest, model, weights });
}

function manifestOf(source: FacePackSource, licence: string, model: Bytes, weights: Bytes): FacePackManifest {
	const { name, recogniser, trainingData, origin, licenceName } = source;
	const stated = (bytes: Bytes) => ({ sha256: sha256Hex(bytes), bytes: bytes.length });
	return {
		format: FACE_PACK_FORMAT,
		name,
		recogniser,
		trainingData,
		licence: { name: licenceName, text: licence },
		origin,
		files: { model: stated(model), weights: stated(weights) },
	};
}

/** The known source all of whose files are among `files`, by content and not by name. */
export function recogniseSource(
	files: readonly Bytes[],
): { readonly source: FacePackSource; readonly files: SourceFiles } | undefined {
	const byHash = new Map(files.map((bytes) => [sha256Hex(bytes), bytes]));
	for (const source of KNOWN_SOURCES) {
		const [symbol, params, licence] = SOURCE_ROLES.map((role) => byHash.get(source.files[role].sha256));
		if (symbol && params && licence) return { source, files: { symbol, params, licence } };
	}
	return undefined;
}

/** For `Result`-shaped callers: the pack in loose published files, or why there is none. */
export function packFromLooseFiles(files: readonly Bytes[]): Result<FacePack> {
	const found = recogniseSource(files);
	return found ? packFromSource(found.source, found.files) : fail(invalid("packs.zip_content"));
}
