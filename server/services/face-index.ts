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
	/** Reads again who needs a card because somebody looks like them. */
	refreshPairs(): void;
	/** Matches by another net from now on, with the templates there are of it. */
	use(recogniser: Recogniser): void;
	/** For enrolment checks: distances to others never leave the server. */
	readonly gallery: Gallery;
}

export interface FaceIndexDeps {
	readonly db: Db;
	readonly vault: Vault;
	readonly recogniser: Recogniser;
	/** A template that somebody altered is left out and told of; it must not keep the box from starting. */
	readonly onError: (error: unknown) => void;
	/** A limit of the relative distance stricter than the rule's own; undefined when there is none. */
	siteLimit?(): number | undefined;
}

/** Descriptors in force of one net by person, of one person or of everyone. Numbers in the clear: keep them no longer than needed. */
export function openTemplatesInForce(
	{ db, vault, onError }: Pick<FaceIndexDeps, "db" | "vault" | "onError">,
	tag: string,
	employeeId?: string,
): Map<string, Descriptor[]> {
	const openOrTell = (row: TemplateRow) => {
		try {
			return vault.openBio(row.employeeId, `template|${row.id}`, row.sealed);
		} catch (error) {
			onError(error);
			return undefined;
		}
	};
	const people = new Map<string, Descriptor[]>();
	for (const row of templatesInForce(db, tag, employeeId)) {
		const plain = openOrTell(row);
		if (!plain) continue;
		const known = people.get(row.employeeId) ?? [];
		known.push(unpackFloats(plain));
		people.set(row.employeeId, known);
	}
	return people;
}

export function makeFaceIndex(deps: FaceIndexDeps): FaceIndex {
	const { db } = deps;
	let { recogniser } = deps;
	let gallery = makeGallery(recogniser.descriptorLength);
	let needsCard = lookalikesOf(db);
	const load = (employeeId?: string): void => {
		for (const [id, templates] of openTemplatesInForce(deps, recogniserTag(recogniser), employeeId))
			gallery.put(id, templates);
	};
	load();
	return {
		get recogniser() {
			return recogniser;
		},
		get gallery() {
			return gallery;
		},
		use(next) {
			gallery.clear();
			recogniser = next;
			gallery = makeGallery(next.descriptorLength);
			load();
			needsCard = lookalikesOf(db);
		},
		get people() {
			return gallery.people;
		},
		identify: (probe) =>
			identify(gallery.rank(probe), {
				thresholds: recogniser.thresholds,
				needsCard: (id) => needsCard.has(id),
				siteLimit: deps.siteLimit?.(),
			}),
		verify: (employeeId, probe, frames) =>
			verifyClaim(gallery.claim(employeeId, probe), frames, recogniser.thresholds),
		reload(employeeId) {
			gallery.remove(employeeId);
			load(employeeId);
			needsCard = lookalikesOf(db);
		},
		refreshPairs() {
			needsCard = lookalikesOf(db);
		},
		forget(employeeId) {
			gallery.remove(employeeId);
		},
	};
}
