/** What every test of enrolment starts with: a staffed box with the real face net, HR signed in, and short words for their requests. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout } from "bun:test";
import { templatesInForce } from "../../db/template.ts";
import { toBase64 } from "../../server/base/bytes.ts";
import { must } from "../../server/base/result.ts";
import type { Descriptor } from "../../server/recognition/descriptor.ts";
import { recogniserTag } from "../../server/recognition/model.ts";
import { CONSENT_VERSION } from "../../server/services/consent-text.ts";
import { portrait, portraits, type Sitter } from "./portraits.ts";
import { type SharedEngine, sharedEngine } from "./shared-engine.ts";
import { type SignedIn, signInAs } from "./sign-in.ts";
import { makeTestBox, type TestBox } from "./test-box.ts";

/** Filled anew before each test. */
export interface EnrolBench {
	box: TestBox;
	shop: Awaited<ReturnType<TestBox["staff"]>>;
	hr: SignedIn;
	/** Ids of two people without a face. */
	lin: string;
	other: string;
}

export const form = (values: Record<string, string>): RequestInit => ({
	method: "POST",
	body: new URLSearchParams(values),
});

/** Frames as the camera page sends them. */
export const framesOf = async (sitter: Sitter, count = 3) =>
	(await portraits(sitter, count)).map((jpeg) => ({ pose: "front", jpeg: toBase64(jpeg) }));

/** Registers its hooks in the file that calls it. */
export function enrolBench() {
	setDefaultTimeout(60_000);
	let engine: SharedEngine;
	const at = {} as EnrolBench;
	beforeAll(() => {
		engine = sharedEngine();
	});
	afterAll(() => engine.end());
	beforeEach(async () => {
		at.box = await makeTestBox({ engine });
		at.shop = await at.box.staff();
		at.hr = await signInAs(at.box, "hr");
		[at.lin, at.other] = [...at.shop.people.values()] as [string, string];
	});
	afterEach(() => at.box.close());
	return {
		at,
		...requestsOf(at),
		probeOf: (sitter: Sitter) => describe(engine, sitter),
		looks: () => engine.looks(),
	};
}

/** A fresh look at a person, as the door has it. */
async function describe(engine: SharedEngine, sitter: Sitter): Promise<Descriptor> {
	return must(await engine.describePhoto(await portrait(sitter, 4))).faces[0]!.descriptor;
}

function requestsOf(at: EnrolBench) {
	const tag = () => recogniserTag(at.box.services.faces.recogniser);
	const agree = (to: string, more: Record<string, string> = { agree: "yes" }) =>
		at.hr.send(
			`/people/${to}/face/consent`,
			form({ version: CONSENT_VERSION, lang: "en", next: "enrol", ...more }),
		);
	const submit = (to: string, photos: unknown, more = {}) =>
		at.hr.send(`/people/${to}/face/photos`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ photos, ...more }),
		});
	return {
		agree,
		submit,
		templates: (of: string) => templatesInForce(at.box.services.store, tag(), of),
		upload(to: string, photos: readonly Uint8Array[]) {
			const body = new FormData();
			for (const photo of photos) body.append("photos", new Blob([photo as BlobPart]), "x.jpg");
			return at.hr.send(`/people/${to}/face/upload`, { method: "POST", body });
		},
		/** Consent and three frames; the face is in force afterwards. */
		async enrol(who: string, sitter: Sitter) {
			await agree(who);
			expect((await submit(who, await framesOf(sitter))).status).toBe(200);
		},
	};
}
