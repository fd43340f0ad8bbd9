/** Opens one enrolment photo for somebody who may see it; every look is audited first. */
import { enrolmentPhotoById } from "../../db/enrolment.ts";
import type { Store } from "../../db/store.ts";
import { notFound } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { Vault } from "../vault/vault.ts";
import type { By } from "./author.ts";
import { noteLook } from "./sealing.ts";

export interface FacePhotosDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Vault;
}

export interface FacePhotos {
	/** The JPEG. `enrol.not_found` when it is not this person's, was erased, or its key is gone. */
	open(employeeId: string, photoId: string, by: By): Promise<Result<Bytes>>;
}

export const makeFacePhotos = ({ store, clock, vault }: FacePhotosDeps): FacePhotos => ({
	async open(employeeId, photoId, by) {
		const row = enrolmentPhotoById(store, photoId);
		if (row?.employeeId !== employeeId) return fail(notFound("enrol.not_found"));
		const detail = { photo: photoId };
		const look = { action: "enrolment.look", objectKind: "employee", objectId: employeeId, detail };
		await store.commit((tx) => noteLook(tx, { ...look, ...by, nowMs: clock.nowMs() }));
		const jpeg = vault.openBio(employeeId, `enrolment_photo|${photoId}`, row.sealed);
		return jpeg ? ok(jpeg) : fail(notFound("enrol.not_found"));
	},
});
