/** Looks at a punch's evidence photo: allowed, noted in the audit before anything is shown, re-encoded so that only pixels leave. */
import { punchById, punchPhoto } from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { notFound, unavailable } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import { type Decider, isWithin } from "./deciding.ts";
import { photoContext } from "./photo-context.ts";
import { photoHash } from "./record-punch.ts";
import { noteLook } from "./sealing.ts";

export interface EvidencePhotosDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Vault;
}

export type PhotoSize = "thumb" | "full";

export interface EvidencePhotos {
	/**
	 * A fresh JPEG without metadata. Fails with `punches.not_found`, `punches.photo_none` (never taken), `punches.photo_erased`
	 * (retention or withdrawal), `punches.photo_damaged` (not what the ledger sealed).
	 */
	look(punchId: string, size: PhotoSize, decider: Decider, by: By): Promise<Result<Bytes>>;
}

const SIDE_PX: Readonly<Record<PhotoSize, number>> = { thumb: 192, full: 960 };
const QUALITY = 82;
/** Kiosk photos are far smaller; this only stops a decompression bomb that a stolen kiosk key could have signed. */
const MAX_PIXELS = 16_000_000;

export function makeEvidencePhotos({ store, clock, vault }: EvidencePhotosDeps): EvidencePhotos {
	const open = (punchId: string, decider: Decider): Result<Bytes> => {
		const punch = punchById(store, punchId);
		if (!punch || !isWithin(store, punch.employeeId, decider.departmentIds))
			return fail(notFound("punches.not_found"));
		if (!punch.photoSha256) return fail(notFound("punches.photo_none"));
		const row = punchPhoto(store, punchId);
		const jpeg = row && vault.openBio(row.employeeId, photoContext(punchId), row.sealed);
		if (!jpeg) return fail(notFound("punches.photo_erased"));
		const isSealedOne = Buffer.from(photoHash(jpeg)).equals(Buffer.from(punch.photoSha256));
		return isSealedOne ? ok(jpeg) : fail(unavailable("punches.photo_damaged"));
	};
	return {
		async look(punchId, size, decider, by) {
			const opened = open(punchId, decider);
			if (!opened.ok) return opened;
			const on = { objectKind: "punch", objectId: punchId, nowMs: clock.nowMs() };
			await store.commit((tx) => noteLook(tx, { ...by, action: "punches.photo", ...on, detail: { size } }));
			return encode(opened.value, SIDE_PX[size]);
		},
	};
}

async function encode(jpeg: Bytes, sidePx: number): Promise<Result<Bytes>> {
	try {
		const image = new Bun.Image(jpeg, { maxPixels: MAX_PIXELS });
		const small = image.resize(sidePx, sidePx, { fit: "inside", withoutEnlargement: true });
		return ok((await small.jpeg({ quality: QUALITY }).bytes()) as Bytes);
	} catch {
		return fail(unavailable("punches.photo_damaged"));
	}
}
