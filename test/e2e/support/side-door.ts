/** A second kiosk without a screen, paired in the office: it says what the box answers to a face, the moment it answers. */
import type { Page } from "playwright-core";
import { newId } from "../../../server/base/ids.ts";
import { type FaceEvidence, KIOSK_ROUTES, type PunchRequest } from "../../../server/protocol/kiosk.ts";
import { ANY_CERTIFICATE } from "../../support/box-process.ts";
import { pairKiosk, type TestKiosk } from "../../support/test-kiosk.ts";

/** Between two tries. */
const PAUSE_MS = 20;
const PATIENCE_MS = 20_000;

/** The next face that a door page sends to the box. */
export async function faceSentBy(door: Page): Promise<FaceEvidence> {
	const faceOf = (body: PunchRequest) => (body.method.kind === "face" ? body.method.face : undefined);
	const request = await door.waitForRequest(
		(one) => one.url().endsWith(KIOSK_ROUTES.punch) && faceOf(one.postDataJSON()) !== undefined,
		{ timeout: 60_000 },
	);
	return faceOf(request.postDataJSON())!;
}

/** Adds it in the office and approves it. */
export async function pairSideDoor(office: Page, origin: string): Promise<TestKiosk> {
	await office.goto(`${origin}/kiosks/new`);
	await office.fill("[name=name]", "Side door");
	await office.click("form[action='/kiosks/new'] button[type=submit]");
	const code = ((await office.textContent(".pairing-code output")) ?? "").replaceAll(/[^A-Z0-9]/g, "");
	const send = (path: string, init?: RequestInit) =>
		fetch(`${origin}${path}`, { ...init, tls: ANY_CERTIFICATE } as RequestInit);
	const kiosk = await pairKiosk(send, code, Date.now);
	await office.goto(`${origin}/kiosks`);
	await office.click("form[action$='/approve'] button");
	await office.waitForSelector("form[action$='/approve']", { state: "detached" });
	return kiosk;
}

/** Shows the face again and again: it must be accepted at first. Returns the epoch time of the first refusal. */
export async function refusedAtMs(kiosk: TestKiosk, face: FaceEvidence): Promise<number> {
	const giveUpMs = Date.now() + PATIENCE_MS;
	for (let tries = 0; Date.now() < giveUpMs; tries++) {
		const { outcome } = await kiosk.punch({ kind: "face", face }, { id: newId() });
		if (outcome !== "accepted" && tries > 0) return Date.now();
		if (outcome !== "accepted") throw new Error(`the face was ${outcome} from the first`);
		await Bun.sleep(PAUSE_MS);
	}
	throw new Error(`the face was still accepted after ${PATIENCE_MS} ms`);
}
