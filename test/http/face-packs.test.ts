/** How a pack comes into the box: upload, folder, loopback source; and everything that must stay out. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { listAudit } from "../../db/audit.ts";
import { must } from "../../server/base/result.ts";
import { SOURCE_ROLES } from "../../server/packs/known-sources.ts";
import { makePackStore } from "../../server/packs/pack-store.ts";
import { FACE_API_RECOGNISER, recogniserTag } from "../../server/recognition/model.ts";
import { BUILT_IN } from "../../server/services/net-choice.ts";
import { enrolBench, form } from "../support/enrol-bench.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX } from "../support/test-box.ts";
import { packZip, toyFiles, toyPack, toySource } from "../support/toy-pack.ts";

const { at } = enrolBench();
const builtInTag = recogniserTag(FACE_API_RECOGNISER);
const pack = toyPack();
let owner: SignedIn;

beforeEach(async () => {
	owner = await signInAs(at.box, "owner");
});
afterEach(() => {
	at.box.services.engine.dropPack(pack.tag);
	at.box.services.engine.use(builtInTag);
});

const upload = (zip: Uint8Array, by = owner) => {
	const body = new FormData();
	body.append("zip", new Blob([zip as BlobPart]), "pack.zip");
	return by.send("/settings/net/upload", { method: "POST", body });
};
const post = (what: string, values: Record<string, string> = {}) =>
	owner.send(`/settings/net/${what}`, form(values));
const text = async () => (await owner.send("/settings/net")).text();

describe("bringing a pack in", () => {
	test("by upload: checked, tried, kept; licence and doubt are shown, nothing is switched", async () => {
		expect((await upload(packZip(pack))).status).toBe(303);
		const html = await text();
		for (const word of [
			"Toy net 1",
			"Files are exactly as stated",
			"Random numbers.",
			"Toy licence",
			"made by the test",
		])
			expect(html).toContain(word);
		expect(at.box.services.engine.recogniser).toBe(FACE_API_RECOGNISER);
		expect(listAudit(at.box.services.store, { limit: 5 }).map(({ action }) => action)).toContain(
			"face-net.import",
		);
	});

	test("the same again changes nothing; another pack of the same version is refused", async () => {
		await upload(packZip(pack));
		expect((await upload(packZip(pack))).status).toBe(303);
		const changed = { ...JSON.parse(new TextDecoder().decode(pack.manifestBytes)), name: "Impostor" };
		const zip = packZip(pack, { "manifest.json": Buffer.from(JSON.stringify(changed)) });
		const answer = await upload(zip);
		expect(answer.status).toBe(409);
		expect(await answer.text()).toContain("Another pack with the same name and version");
	});

	const manifest = (change: object) =>
		Buffer.from(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(pack.manifestBytes)), ...change }));
	const weights = pack.weights.slice();
	weights[100]! ^= 1;
	const recogniser = { ...toySource().recogniser, descriptorLength: 128 };

	test.each([
		["no zip", Buffer.from("hello"), "The zip file is damaged"],
		["a zip cut short", packZip(pack).subarray(0, 5_000), "The zip file is damaged"],
		["a bomb", zipSync({ "weights.bin": new Uint8Array(80_000_000) }), "too large"],
		[
			"a hundred files",
			zipSync(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}`, new Uint8Array(1)]))),
			"more than 16 files",
		],
		["something else", zipSync({ "readme.txt": Buffer.from("hi") }), "Neither a pack"],
		["one bit changed", packZip(pack, { "weights.bin": weights }), "checksum differs"],
		[
			"another descriptor than stated",
			packZip(pack, { "manifest.json": manifest({ recogniser }) }),
			"other pictures or gives other numbers",
		],
		["an unknown field", packZip(pack, { "manifest.json": manifest({ extra: 1 }) }), "missing something"],
		["a manifest that is no JSON", packZip(pack, { "manifest.json": Buffer.from("{") }), "missing something"],
	])("%s is refused in words", async (_, zip, words) => {
		const answer = await upload(zip);
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(await answer.text()).toContain(words);
		expect(at.box.services.faceNets.list()).toHaveLength(1);
	});

	test("names that climb out of the archive are only names", async () => {
		const climbing = zipSync({
			"../../../manifest.json": pack.manifestBytes,
			"/etc/model.json": Buffer.from(pack.model),
			"..\\weights.bin": pack.weights,
		});
		expect((await upload(climbing)).status).toBe(303);
		expect(at.box.services.faceNets.list().map(({ id }) => id)).toEqual([BUILT_IN, pack.id]);
	});

	test("by folder: a zip or loose files; empty is told", async () => {
		const empty = await post("folder");
		expect(await empty.text()).toContain("The folder is empty");
		const inbox = at.box.services.packs.inboxPath();
		writeFileSync(join(inbox, "anything.zip"), packZip(pack));
		expect((await post("folder")).status).toBe(303);
		expect(await text()).toContain("Toy net 1");
	});

	test("files that rot in the data folder are noticed and not used", async () => {
		const root = mkdtempSync(join(tmpdir(), "packs-"));
		const store = makePackStore(root);
		store.save(pack);
		expect(store.list()[0]?.fault).toBeUndefined();
		writeFileSync(join(root, pack.id, "weights.bin"), weights);
		expect(store.list()[0]?.fault?.code).toBe("packs.checksum");
		expect(store.open(pack.id)).toMatchObject({ ok: false, error: { code: "packs.checksum" } });
		expect(store.open("../../../etc")).toMatchObject({ ok: false, error: { code: "packs.unknown" } });
		store.remove(pack.id);
		expect(readdirSync(root)).toEqual([]);
		rmSync(root, { recursive: true });
	});

	test("only the owner; an auditor reads", async () => {
		const [hr, auditor] = [at.hr, await signInAs(at.box, "auditor")];
		expect((await upload(packZip(pack), hr)).status).toBe(403);
		expect((await hr.send("/settings/net")).status).toBe(403);
		const page = await auditor.send("/settings/net");
		expect(page.status).toBe(200);
		expect(await page.text()).not.toContain('action="/settings/net/');
		expect((await auditor.send("/settings/net/switch", form({ net: pack.id }))).status).toBe(403);
	});
});

describe("fetching from the published source", () => {
	const serve = (files = toyFiles()) =>
		Bun.serve({
			port: 0,
			hostname: "127.0.0.1",
			fetch: (request) => {
				const role = SOURCE_ROLES.find((one) => new URL(request.url).pathname === `/net/${one}`);
				return role ? new Response(files[role]) : new Response("no", { status: 404 });
			},
		});

	async function fetchFrom(address: string) {
		const { makePackDownload } = await import("../../server/services/pack-download.ts");
		const { faceNets: nets, onError } = at.box.services;
		const download = makePackDownload({ nets, onError, sources: [toySource(address)] });
		must(download.start("toy-1", BOX));
		await download.settled();
		return download.state();
	}

	test("the three files come, are checked, converted and kept", async () => {
		const server = serve();
		expect(await fetchFrom(`${server.url}`)).toMatchObject({ kind: "done", id: pack.id });
		await server.stop(true);
		expect(at.box.services.faceNets.list().map(({ id }) => id)).toContain(pack.id);
	});

	test("without a connection it is told, and nothing is kept", async () => {
		const server = serve();
		const address = `${server.url}`;
		await server.stop(true);
		expect(await fetchFrom(address)).toMatchObject({ kind: "failed", error: { code: "packs.offline" } });
		expect(at.box.services.faceNets.list()).toHaveLength(1);
	});

	const files = toyFiles();
	test.each([
		["a file that is not there", new URL("nowhere/", "http://x/").pathname, files, "packs.fetch_refused"],
		[
			"another file of the same length",
			"/",
			{ ...files, licence: files.licence.map((b) => b ^ 1) },
			"packs.checksum",
		],
		[
			"a longer file",
			"/",
			{ ...files, params: new Uint8Array(files.params.length + 1) },
			"packs.fetch_length",
		],
	])("%s", async (_, path, served, code) => {
		const server = serve(served);
		expect(await fetchFrom(new URL(path, server.url).href)).toMatchObject({
			kind: "failed",
			error: { code },
		});
		await server.stop(true);
	});

	test("the page says where it asks before anybody presses the button", async () => {
		const html = await text();
		expect(html).toContain("raw.githubusercontent.com");
		expect(html).toContain("What is not known about it");
	});
});
