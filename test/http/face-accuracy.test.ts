/** The page "Face accuracy": who may see and do what, what it claims and does not, and that no single number of a face leaves the box. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { must } from "../../server/base/result.ts";
import { scatter, seededChance } from "../support/made-faces.ts";
import { signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let ids: string[];
beforeEach(async () => {
	box = await makeTestBox();
	ids = [...(await box.staff()).people.values()];
});
afterEach(() => box.close());

/** So many of the staff get faces of `photos` photos. */
function enrol(people: number, photos = 4): void {
	const next = seededChance(4);
	for (const id of ids.slice(0, people)) {
		const centre = scatter(next, new Float32Array(128), 0.13);
		box.services.faces.gallery.put(
			id,
			Array.from({ length: photos }, () => scatter(next, centre, 0.055)),
		);
	}
}
const measure = async () => {
	must(box.services.faceReport.start(BOX));
	await box.services.faceReport.idle();
};
const pageAs = async (role: "owner" | "hr" | "auditor" | "manager") => {
	const { send } = await signInAs(box, role);
	const response = await send("/faces");
	return { status: response.status, html: await response.text(), send };
};
const post = (values: Record<string, string> = {}): RequestInit => ({
	method: "POST",
	body: new URLSearchParams(values),
});

describe("who", () => {
	test.each([
		["owner", 200, true, true],
		["hr", 200, true, false],
		["auditor", 200, false, false],
		["manager", 403, false, false],
	] as const)("%s: %p, measures %p, sets the limit %p", async (role, status, measures, sets) => {
		enrol(12);
		await measure();
		const page = await pageAs(role);
		expect(page.status).toBe(status);
		expect(page.html.includes('action="/faces/measure"')).toBe(measures);
		expect((await page.send("/faces/measure", post())).status === 303).toBe(measures);
		await box.services.faceReport.idle();
		expect((await page.send("/faces/limit", post({ wrongNames: "4" }))).status === 303).toBe(sets);
	});
});

describe("what it claims", () => {
	test("nothing before the first measurement", async () => {
		enrol(12);
		expect((await pageAs("hr")).html).toContain("Nothing has been measured yet");
	});

	test("with too few people it says so instead of a forecast", async () => {
		enrol(9, 8);
		await measure();
		const { html } = await pageAs("hr");
		expect(html).toContain("Too little to go by");
		expect(html).not.toContain("At your size and traffic");
	});

	test("with enough it forecasts, in words, with what it rests on", async () => {
		enrol(24);
		await measure();
		const { html } = await pageAs("hr");
		expect(html).toContain("At your size and traffic");
		expect(html).toContain("Each of 96 enrolment photos was held back");
		expect(html).toContain("No punches by face yet");
		expect(html).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Bar chart/);
		expect(html).toContain("As a table");
	});

	test("figures of another net are marked as such", async () => {
		enrol(24);
		await measure();
		const { recogniser } = box.services.faces;
		box.services.faces.use({ ...recogniser, modelVersion: "next" });
		expect((await pageAs("hr")).html).toContain("measured with another recognition net");
	});
});

test("a measurement that runs cannot be started twice, and shows its progress", async () => {
	enrol(30);
	const { send } = await signInAs(box, "owner");
	expect((await send("/faces/measure", post())).status).toBe(303);
	expect((await send("/faces/measure", post())).status).toBe(409);
	const part = await send("/faces/progress", { headers: { "hx-request": "true" } });
	expect(await part.text()).toContain("<progress");
	await box.services.faceReport.idle();
	expect((await send("/faces/progress")).status).toBe(303);
});

test("a limit outside the range is refused in words; one inside is kept", async () => {
	enrol(12);
	await measure();
	const { send } = await signInAs(box, "owner");
	const refused = await send("/faces/limit", post({ wrongNames: "0" }));
	expect(refused.status).toBe(422);
	expect((await send("/faces/limit", post({ wrongNames: "4" }))).status).toBe(303);
	const html = await (await send("/faces")).text();
	expect(/<input[^>]*name="wrongNames"[^>]*>/.exec(html)?.[0]).toContain('value="4"');
});

test("what is kept of a measurement holds no descriptor", async () => {
	enrol(24);
	await measure();
	const { gallery } = box.services.faces;
	const kept = JSON.stringify(box.services.faceReport.latest());
	expect(kept.length).toBeLessThan(10_000);
	for (const template of gallery.templatesOf(ids[0]!)!)
		for (const value of template.slice(0, 8)) expect(kept).not.toContain(String(value).slice(0, 10));
});
