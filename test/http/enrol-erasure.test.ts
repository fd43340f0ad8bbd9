/** After a withdrawal a search of the raw bytes of every file finds nothing of the face: no photo, no template, no sealed copy, no key. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPersonKeys, type PersonKeys } from "../../db/person-key.ts";
import { openStore, type Store } from "../../db/store.ts";
import { must } from "../../server/base/result.ts";
import type { Lang } from "../../server/base/translate.ts";
import { makeFaceEngine } from "../../server/recogniser/face-engine.ts";
import { makeConsents } from "../../server/services/consent.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { makeEmployees } from "../../server/services/employees.ts";
import { makeEnrolments } from "../../server/services/enrolment.ts";
import { makeDomainBus } from "../../server/services/events.ts";
import { makeFaceIndex } from "../../server/services/face-index.ts";
import { makeFaceWithdrawal } from "../../server/services/face-withdrawal.ts";
import { makeTurns } from "../../server/services/turns.ts";
import { makeVault } from "../../server/vault/vault.ts";
import { heldClock } from "../shop-world.ts";
import { portraits } from "../support/portraits.ts";

let folder: string;
let store: Store;
let keys: PersonKeys;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "erasure-"));
	store = openStore({ path: join(folder, "box.db") });
	keys = openPersonKeys(join(folder, "people.db"));
});
afterEach(() => {
	store.close();
	keys.close();
	rmSync(folder, { recursive: true });
});

const by = { actor: { kind: "account", id: "boss" }, address: "local" } as const;

/** Files in which any of the needles occurs. */
async function filesWith(needles: readonly Uint8Array[]): Promise<string[]> {
	const hits: string[] = [];
	for (const name of readdirSync(folder)) {
		const bytes = Buffer.from(await Bun.file(join(folder, name)).bytes());
		if (needles.some((needle) => bytes.includes(needle))) hits.push(name);
	}
	return hits.sort();
}

/** Pieces short enough to lie within one page of the database. */
const pieces = (bytes: Uint8Array): Uint8Array[] =>
	[0.1, 0.5, 0.9].map((share) => {
		const at = Math.floor((bytes.length - 40) * share);
		return bytes.slice(at, at + 40);
	});

/** The services over the files, and Ada with three photos in force. */
async function adaEnrolled() {
	const engine = makeFaceEngine();
	const bus = makeDomainBus((error) => {
		throw error;
	});
	const vault = makeVault(new Uint8Array(32).fill(3), keys);
	const common = { store, clock: heldClock(), bus, vault, turns: makeTurns() };
	const base = { ...common, isFaceOn: () => true, today: () => "2026-03-02" };
	const faces = makeFaceIndex({ db: store, vault, recogniser: engine.recogniser, onError() {} });
	const text = (lang: Lang) => ({ version: CONSENT_VERSION, lang, title: "t", paragraphs: ["p"] });
	const consents = makeConsents({ ...base, text });
	const enrolments = makeEnrolments({ ...base, faces, describer: engine });
	const input = { number: "7", name: "Ada", departmentId: null, shiftId: null, joinedOn: "2026-01-05" };
	const { id } = must(await makeEmployees(base).create(input, by));
	const photos = (await portraits("ada", 3)).map((bytes) => ({ pose: "front" as const, bytes }));
	const enrol = async () => {
		must(await consents.give(id, { version: CONSENT_VERSION, lang: "en", channel: "admin" }, by));
		const submission = { employeeId: id, photos, channel: "webcam" as const, approve: true };
		expect(must(await enrolments.submitPhotos(submission, by)).kind).toBe("stored");
	};
	await enrol();
	return {
		id,
		vault,
		enrol,
		withdrawal: makeFaceWithdrawal({ ...base, faces, onError() {} }),
		stop: () => engine.stop(),
	};
}

interface SealedRow {
	readonly id: string;
	readonly sealed: Uint8Array;
}
const sealedRows = (table: "template" | "enrolment_photo") =>
	store.sqlite.query(`SELECT id, sealed FROM ${table}`).all() as SealedRow[];

test("nothing is left in any file, and a stolen copy does not open", async () => {
	const { id, vault, enrol, withdrawal, stop } = await adaEnrolled();
	const rows = { template: sealedRows("template"), enrolment_photo: sealedRows("enrolment_photo") };
	expect([rows.template.length, rows.enrolment_photo.length]).toEqual([3, 3]);
	const plain = Object.entries(rows).flatMap(([table, list]) =>
		list.flatMap((row) => pieces(vault.openBio(id, `${table}|${row.id}`, row.sealed)!)),
	);
	const sealed = Object.values(rows).flatMap((list) => list.flatMap((row) => pieces(row.sealed)));
	const key = pieces(keys.read(id)!);
	expect(await filesWith(plain)).toEqual([]);
	expect(await filesWith(sealed)).toContain("box.db-wal");
	expect(await filesWith(key)).toEqual(["people.db"]);

	const erased = must(await withdrawal.withdrawFace(id, by));
	expect(erased).toEqual({ templates: 3, photos: 3, punchPhotos: 0 });
	expect(await filesWith([...plain, ...sealed, ...key])).toEqual([]);

	const { id: templateId, sealed: stolen } = rows.template[0]!;
	expect(vault.openBio(id, `template|${templateId}`, stolen)).toBeUndefined();
	await enrol();
	expect(() => vault.openBio(id, `template|${templateId}`, stolen)).toThrow();
	stop();
}, 90_000);
