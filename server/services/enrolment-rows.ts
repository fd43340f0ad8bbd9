/** Seals photos and templates under the person's key and writes, approves or drops the rows of one enrolment. Decides nothing. */
import {
	decideEnrolment,
	insertEnrolment,
	insertEnrolmentPhoto,
	otherEnrolments,
} from "../../db/enrolment.ts";
import { deleteEnrolmentRows } from "../../db/erasure.ts";
import type { Db, Tx } from "../../db/store.ts";
import {
	insertLookalike,
	insertTemplate,
	type TemplateRow,
	templatesOfEnrolment,
} from "../../db/template.ts";
import { packFloats, unpackFloats } from "../base/bytes.ts";
import { newId } from "../base/ids.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import type { Vault } from "../vault/vault.ts";
import type { GoodPhoto } from "./enrolment-photos.ts";

type EnrolmentInsert = Parameters<typeof insertEnrolment>[1];
type PhotoInsert = Parameters<typeof insertEnrolmentPhoto>[1];

/** Everything of a new enrolment, ready to be written. */
export interface SealedEnrolment {
	readonly row: EnrolmentInsert;
	readonly photos: readonly PhotoInsert[];
	readonly templates: readonly TemplateRow[];
}

/** Makes the person's key when there is none; call it only while a consent is in force. */
export function sealEnrolment(
	vault: Vault,
	recogniser: Recogniser,
	row: EnrolmentInsert,
	good: readonly GoodPhoto[],
): SealedEnrolment {
	const { id: enrolmentId, employeeId, createdMs } = row;
	const photos: PhotoInsert[] = [];
	const templates: TemplateRow[] = [];
	for (const photo of good) {
		const photoId = newId(createdMs);
		const templateId = newId(createdMs);
		const own = { enrolmentId, employeeId, createdMs };
		const sealedPhoto = vault.sealBio(employeeId, `enrolment_photo|${photoId}`, photo.jpeg);
		const quality = qualityOf(photo);
		const { pose } = photo;
		const sha256 = Buffer.from(photo.sha256);
		photos.push({ ...own, id: photoId, pose, sealed: Buffer.from(sealedPhoto), sha256, quality });
		templates.push({
			...own,
			id: templateId,
			photoId,
			modelId: recogniser.modelId,
			modelLength: photo.descriptor.length,
			alignment: recogniserTag(recogniser),
			sealed: vault.sealBio(employeeId, `template|${templateId}`, packFloats(photo.descriptor)),
		});
	}
	return { row, photos, templates };
}

/** Plain figures of light and size; nothing that tells one face from another. */
function qualityOf({ measures: m }: GoodPhoto): object {
	const round = (value: number) => Math.round(value * 100) / 100;
	return {
		widthPx: Math.round(m.box.width),
		score: round(m.score),
		luma: Math.round(m.luma.mean),
		sharpness: Math.round(m.luma.sharpness),
		yaw: round(m.pose.yawProxy),
	};
}

/** A pending enrolment that was there before is replaced: its photos and templates go. */
export function writeEnrolment(tx: Tx, { row, photos, templates }: SealedEnrolment): void {
	replaceOthers(tx, row.employeeId, "pending", row.id, row.madeBy, row.createdMs);
	insertEnrolment(tx, row);
	for (const photo of photos) insertEnrolmentPhoto(tx, photo);
	for (const template of templates) insertTemplate(tx, template);
}

export interface Approval {
	readonly enrolmentId: string;
	readonly employeeId: string;
	readonly alike: readonly string[];
	readonly by: string;
	readonly nowMs: number;
}

/** Makes the enrolment the person's only one in force. */
export function writeApproval(tx: Tx, { enrolmentId, employeeId, alike, by, nowMs }: Approval): void {
	replaceOthers(tx, employeeId, "approved", enrolmentId, by, nowMs);
	decideEnrolment(tx, enrolmentId, "approved", by, nowMs);
	for (const other of alike) insertLookalike(tx, employeeId, other, nowMs);
}

export function writeRejection(tx: Tx, enrolmentId: string, by: string, nowMs: number): void {
	decideEnrolment(tx, enrolmentId, "rejected", by, nowMs);
	deleteEnrolmentRows(tx, enrolmentId);
}

function replaceOthers(
	tx: Tx,
	employeeId: string,
	status: "pending" | "approved",
	keptId: string,
	by: string,
	nowMs: number,
): void {
	for (const old of otherEnrolments(tx, employeeId, status, keptId)) {
		decideEnrolment(tx, old.id, "replaced", by, nowMs);
		deleteEnrolmentRows(tx, old.id);
	}
}

/** The enrolment's descriptors made by this recogniser. Empty when the key is gone. */
export function openTemplates(
	db: Db,
	vault: Vault,
	recogniser: Recogniser,
	enrolment: { readonly id: string; readonly employeeId: string },
): Descriptor[] {
	const tag = recogniserTag(recogniser);
	return templatesOfEnrolment(db, enrolment.id)
		.filter(({ alignment }) => alignment === tag)
		.flatMap(({ id, sealed }) => {
			const plain = vault.openBio(enrolment.employeeId, `template|${id}`, sealed);
			return plain ? [unpackFloats(plain)] : [];
		});
}
