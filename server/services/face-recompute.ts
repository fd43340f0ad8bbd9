/**
 * Templates of another net for everybody enrolled, computed from the stored enrolment photos in the background. What is done is
 * what lies in the database, so an interrupted run goes on where it stopped. Puts no net in force.
 */
import { enrolmentPhotoById } from "../../db/enrolment.ts";
import type { Store } from "../../db/store.ts";
import { insertTemplate, lacksTemplate, photosWithoutTemplate } from "../../db/template.ts";
import type { AppError } from "../base/app-error.ts";
import { packFloats } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, SECOND_MS } from "../base/units.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import type { PhotoDescriber } from "../recognition/photo-describer.ts";
import type { Vault } from "../vault/vault.ts";
import type { Turns } from "./turns.ts";

export interface RecomputeDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly vault: Vault;
	readonly describer: PhotoDescriber;
	/** Shared with enrolment and withdrawal: no template is sealed while a key is being destroyed. */
	readonly turns: Turns;
	readonly onError: (error: unknown) => void;
}

export interface Recomputed {
	/** Photos this net could make nothing of. */
	readonly failed: readonly string[];
	readonly cancelled: boolean;
}

/** Tries of one photo while the face worker is down, before the whole run is given up. */
const MOST_TRIES = 5;
const RETRY_MS = 2 * SECOND_MS;

/** `onMade` hears of each person with a new template. Fails only when the face worker stays away (`face.down`, `face.timeout`) or has no such net (`face.net_unknown`). */
export async function computeTemplates(
	deps: RecomputeDeps,
	recogniser: Recogniser,
	isCancelled: () => boolean,
	onMade: (employeeId: string) => void = () => undefined,
): Promise<Result<Recomputed>> {
	const tag = recogniserTag(recogniser);
	const failed = new Set<string>();
	for (;;) {
		const missing = photosWithoutTemplate(deps.store, tag).filter(({ id }) => !failed.has(id));
		if (missing.length === 0) return ok({ failed: [...failed], cancelled: false });
		for (const photo of missing) {
			if (isCancelled()) return ok({ failed: [...failed], cancelled: true });
			const done = await deps.turns(photo.employeeId, () =>
				computeOne(deps, recogniser, photo.id, isCancelled),
			);
			if (!done.ok) return done;
			if (done.value === "failed") failed.add(photo.id);
			if (done.value === "made") onMade(photo.employeeId);
		}
	}
}

/** `failed`: the net makes nothing of the photo; `gone`: there is nothing to do about it any more. */
async function computeOne(
	deps: RecomputeDeps,
	recogniser: Recogniser,
	photoId: string,
	isCancelled: () => boolean,
): Promise<Result<"made" | "failed" | "gone">> {
	const { store, vault, clock } = deps;
	const tag = recogniserTag(recogniser);
	const row = enrolmentPhotoById(store, photoId);
	if (!row || !lacksTemplate(store, photoId, tag)) return ok("gone");
	const { employeeId, enrolmentId } = row;
	const jpeg = openOrTell(deps, employeeId, photoId, row.sealed);
	const looked = jpeg ? await describePatiently(deps.describer, jpeg, tag, isCancelled) : undefined;
	if (looked && !looked.ok) return looked.error.kind === "invalid" ? ok("failed") : looked;
	const descriptor = looked?.value.faces[0]?.descriptors[tag];
	if (!descriptor) return ok("failed");
	const createdMs = clock.nowMs();
	const id = newId(createdMs);
	const sealed = vault.sealBio(employeeId, `template|${id}`, packFloats(descriptor));
	const shape = { modelId: recogniser.modelId, modelLength: recogniser.descriptorLength, alignment: tag };
	await store.commit((tx) => {
		if (lacksTemplate(tx, photoId, tag))
			insertTemplate(tx, { id, employeeId, photoId, enrolmentId, ...shape, sealed, createdMs });
	});
	return ok("made");
}

function openOrTell({ vault, onError }: RecomputeDeps, employeeId: string, id: string, sealed: Uint8Array) {
	try {
		return vault.openBio(employeeId, `enrolment_photo|${id}`, sealed);
	} catch (error) {
		onError(error);
		return undefined;
	}
}

/** A full line is waited out; a worker that is down gets some seconds to come back. */
async function describePatiently(
	describer: PhotoDescriber,
	jpeg: Uint8Array,
	tag: string,
	isCancelled: () => boolean,
) {
	for (let tries = 1; ; tries++) {
		const looked = await describer.describePhoto(jpeg, { priority: "later", nets: [tag] });
		if (looked.ok || !isOurFault(looked.error) || isCancelled()) return looked;
		if (looked.error.code !== "face.busy" && tries >= MOST_TRIES) return fail(looked.error);
		await Bun.sleep(RETRY_MS);
	}
}

const isOurFault = ({ kind }: AppError): boolean => kind === "unavailable";
