/** After a withdrawal a search of the raw bytes of every file finds nothing of the face: no photo, no template, no sealed copy, no key. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrolmentOf, photosOf } from "../../db/enrolment.ts";
import { openPersonKeys, type PersonKeys } from "../../db/person-key.ts";
import { openStore, type Store } from "../../db/store.ts";
import { must } from "../../server/base/result.ts";
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

function blobs(sql: string): Uint8Array[] {
	return (store.sqlite.query(sql).all() as { sealed: Uint8Array }[]).flatMap(({ sealed }) => pieces(sealed));
}

test("nothing is left in any file, and a stolen copy does not open", async () => {
	const engine = makeFaceEngine();
	const bus = makeDomainBus((error) => {
		throw error;
	});
	const vault = makeVault(new Uint8Array(32).fill(3), keys);
	const clock = heldClock();
	const base = {
		store,
		clock,
		bus,
		vault,
		turns: makeTurns(),
		isFaceOn: () => true,
		today: () => "2026-03-02",
	};
	const faces = makeFaceIndex({ db: store, vault, recogniser: engine.recogniser });
	const consents = makeConsents({
		...base,
		text: (lang) => ({ version: CONSENT_VERSION, lang, title: "t", paragraphs: ["p"] }),
	});
	const enrolments = makeEnrolments({ ...base, faces, describer: engine });
	const withdrawal = makeFaceWithdrawal({ ...base, faces });
	const input = { number: "7", name: "Ada", departmentId: null, shiftId: null, joinedOn: "2026-01-05" };
	const { id } = must(await makeEmployees(base).create(input, by));
	must(await consents.give(id, { version: CONSENT_VERSION, lang: "en", channel: "admin" }, by));
	const photos = (await portraits("ada", 3)).map((bytes) => ({ pose: "front" as const, bytes }));
	must(await enrolments.submitPhotos({ employeeId: id, photos, channel: "webcam", approve: true }, by));

	const shown = photosOf(store, enrolmentOf(store, id, "approved")!.id);
	expect(shown).toHaveLength(3);
	const row = store.sqlite.query("SELECT id, sealed FROM template").get() as {
		id: string;
		sealed: Uint8Array;
	};
	const template = vault.openBio(id, `template|${row.id}`, row.sealed)!;
	const photoRow = store.sqlite.query("SELECT id, sealed FROM enrolment_photo").get() as typeof row;
	const jpeg = vault.openBio(id, `enrolment_photo|${photoRow.id}`, photoRow.sealed)!;
	const plain = [...pieces(template), ...pieces(jpeg)];
	const sealed = [...blobs("SELECT sealed FROM template"), ...blobs("SELECT sealed FROM enrolment_photo")];
	const key = pieces(keys.read(id)!);

	expect(await filesWith(plain)).toEqual([]);
	expect(await filesWith(sealed)).toContain("box.db-wal");
	expect(await filesWith(key)).toEqual(["people.db"]);

	const erased = must(await withdrawal.withdrawFace(id, by));
	expect(erased).toEqual({ templates: 3, photos: 3, punchPhotos: 0 });
	expect(await filesWith([...plain, ...sealed, ...key])).toEqual([]);
	expect(vault.openBio(id, `template|${row.id}`, row.sealed)).toBeUndefined();
	must(await consents.give(id, { version: CONSENT_VERSION, lang: "en", channel: "admin" }, by));
	must(await enrolments.submitPhotos({ employeeId: id, photos, channel: "webcam", approve: true }, by));
	expect(() => vault.openBio(id, `template|${row.id}`, row.sealed)).toThrow();
	engine.stop();
}, 90_000);
