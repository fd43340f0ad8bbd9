/**
 * A disk that is nearly full (TRUST F6, bar 21): photos stop first. The reading of free space is turned by hand, all else is the
 * box's own: the punch is stored and says why it has no photo, the office is told, and photos come back with the room.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { punchById, punchPhoto } from "../../db/punch.ts";
import { toBase64 } from "../../server/base/bytes.ts";
import { newId } from "../../server/base/ids.ts";
import { person } from "../../server/demo/shop.ts";
import type { PunchReply } from "../../server/protocol/kiosk.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { layBallast } from "../../server/start/ballast.ts";
import { emptyRoom } from "../recognition/pictures.ts";
import { signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";
import type { TestKiosk } from "../support/test-kiosk.ts";

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "dianmao-photos-stop-"));
const lin = person("lin-wanqing");
const template = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * 1.7) / 8);
let freeMib = 4_000;
let monoMs = 0;
let box: TestBox;
let kiosk: TestKiosk;
let jpeg: string;

beforeAll(async () => {
	const sense = { monoMs: () => monoMs, freeBytes: () => freeMib * MIB };
	const path = join(folder, "ballast");
	box = await makeTestBox({ ballast: layBallast(path, sense) });
	expect(statSync(path).blocks * 512).toBeGreaterThanOrEqual(32 * MIB);
	const shop = await box.staff();
	box.services.faces.gallery.put(shop.people.get(lin.key)!, [template]);
	kiosk = await box.kiosk();
	jpeg = toBase64(await emptyRoom());
});
afterAll(async () => {
	await box.services.reverify.stop();
	await box.close();
	rmSync(folder, { recursive: true });
});

/** The disk fills or empties, and the box has had time to look. */
function diskHas(mib: number): void {
	freeMib = mib;
	monoMs += 5_001;
}

async function punch(kind: "face" | "card") {
	box.clock.pass(120_000);
	const modelId = recogniserTag(box.services.faces.recogniser);
	const descriptor = toBase64(new Uint8Array(template.buffer.slice(0)));
	const face = { modelId, descriptor, frames: 3, jpeg, quality: {}, cameraLabel: "x" };
	const method = kind === "face" ? { kind, face } : { kind, card: lin.card!, face };
	const reply: PunchReply = await kiosk.punch(method, { id: newId(box.clock.nowMs()) });
	if (reply.outcome !== "accepted") throw new Error(JSON.stringify(reply));
	const { store } = box.services;
	return { row: punchById(store, reply.punchId)!, photo: punchPhoto(store, reply.punchId) };
}

async function saidTo(role: "owner" | "hr", path: string): Promise<string> {
	const { send } = await signInAs(box, role);
	return (await send(path, { headers: { accept: "text/html", cookie: "" } })).text();
}

const TOLD = "The disk is nearly full. Punches still come in, their photos are not kept: make room on it";

test("with room every face leaves its photo, and nobody is bothered", async () => {
	expect((await punch("face")).photo).not.toBeNull();
	expect((await punch("card")).photo).not.toBeNull();
	expect(await saidTo("owner", "/board")).not.toContain(TOLD);
});

test.each(["face", "card"] as const)(
	"nearly full: a %s punch is stored without photo and says why",
	async (kind) => {
		diskHas(255);
		const { row, photo } = await punch(kind);
		expect(photo).toBeUndefined();
		expect(row).toMatchObject({ photoSha256: null, match: { how: kind, photo: "no_room" }, doubts: [] });
		const day = await saidTo("owner", `/days/${row.workDate}/${row.employeeId}`);
		expect(day).toContain("Photo not kept, the disk was nearly full");
	},
);

test("the office is told, those who can look at the disk with a link", async () => {
	expect(await saidTo("hr", "/board")).toContain(TOLD);
	const owners = await saidTo("owner", "/board");
	expect(owners).toContain(TOLD);
	expect(owners).toContain('href="/setup/ready"');
});

test("once there is room again photos are kept again", async () => {
	diskHas(4_000);
	expect((await punch("face")).photo).not.toBeUndefined();
	expect(await saidTo("hr", "/board")).not.toContain(TOLD);
});

test("after the ballast was needed there are no photos, whatever the disk says", async () => {
	rmSync(join(folder, "ballast"));
	diskHas(4_000);
	expect((await punch("face")).row.match.photo).toBe("no_room");
});
