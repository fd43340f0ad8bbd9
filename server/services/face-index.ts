/**
 * The templates of everyone enrolled, decrypted in RAM for matching. Loaded at the start, kept in step by enrolment and withdrawal.
 * The only place where templates exist in the clear; nothing here is ever sent anywhere.
 */

import type { Db } from "../../db/store.ts";
import { lookalikesOf, type TemplateRow, templatesInForce } from "../../db/template.ts";
import { unpackFloats } from "../base/bytes.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { type Gallery, makeGallery } from "../recognition/gallery.ts";
import { type Identification, identify } from "../recognition/identify.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import { type Verification, verifyClaim } from "../recognition/verify.ts";
import type { Vault } from "../vault/vault.ts";

export interface FaceIndex {
	readonly recogniser: Recogniser;
	readonly people: number;
	/** 1:N by the rule; see `recognition/identify.ts`. Linear in the number of templates (10,000 × 5 ≤ 8 ms). */
	identify(probe: Descriptor): Identification;
	/** 1:1 after card or PIN. */
	verify(employeeId: string, probe: Descriptor, frames: number): Verification;
	/** Reads the person's templates again after an enrolment was approved, replaced or withdrawn. */
	reload(employeeId: string): void;
	/** Forgets the person at once. */
	forget(employeeId: string): void;
	/** For enrolment checks: distances to others never leave the server. */
	readonly gallery: Gallery;
}

export interface FaceIndexDeps {
	readonly db: Db;
	readonly vault: Vault;
	readonly recogniser: Recogniser;
	/** A template that somebody altered is left out and told of; it must not keep the box from starting. */
	readonly onError: (error: unknown) => void;
}

export function makeFaceIndex({ db, vault, recogniser, onError }: FaceIndexDeps): FaceIndex {
	const gallery = makeGallery(recogniser.descriptorLength);
	const tag = recogniserTag(recogniser);
	let needsCard = lookalikesOf(db);
	const openOrTell = (row: TemplateRow) => {
		try {
			return vault.openBio(row.employeeId, `template|${row.id}`, row.sealed);
		} catch (error) {
			onError(error);
			return undefined;
		}
	};
	const load = (employeeId?: string): void => {
		const people = new Map<string, Float32Array[]>();
		for (const row of templatesInForce(db, tag, employeeId)) {
			const plain = openOrTell(row);
			if (!plain) continue;
			people.set(row.employeeId, [...(people.get(row.employeeId) ?? []), unpackFloats(plain)]);
		}
		for (const [id, templates] of people) gallery.put(id, templates);
	};
	load();
	return {
		recogniser,
		gallery,
		get people() {
			return gallery.people;
		},
		identify: (probe) =>
			identify(gallery.rank(probe), {
				thresholds: recogniser.thresholds,
				needsCard: (id) => needsCard.has(id),
			}),
		verify: (employeeId, probe, frames) =>
			verifyClaim(gallery.distanceTo(employeeId, probe), frames, recogniser.thresholds),
		reload(employeeId) {
			gallery.remove(employeeId);
			load(employeeId);
			needsCard = lookalikesOf(db);
		},
		forget(employeeId) {
			gallery.remove(employeeId);
		},
	};
}
