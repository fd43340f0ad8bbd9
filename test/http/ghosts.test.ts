/** Ids of things that are gone, on every form: refused in words, never an accident. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { ACCESS } from "../../server/web/access.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let owner: SignedIn;
const real: Record<string, string> = {};

beforeAll(async () => {
	box = await makeTestBox();
	const shop = await box.staff();
	owner = await signInAs(box, "owner");
	real.person = [...shop.people.values()][0]!;
	real.department = [...shop.departments.values()][0]!;
	real.shift = [...shop.shifts.values()][0]!;
	real.kiosk = (await box.kiosk()).id;
	real.account = (await signInAs(box, "manager")).accountId;
});
afterAll(() => box.close());

const GHOST = newId(Date.UTC(2020, 0, 1));
type Fields = Readonly<Record<string, string | readonly string[]>>;

const post = (path: string, fields: Fields) => {
	const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
	const headers = { "sec-fetch-site": "same-origin" };
	return owner.send(path, { method: "POST", headers, body: new URLSearchParams(pairs as string[][]) });
};

const PERSON = { number: "7001", name: "Some One", joinedOn: "2026-01-05", departmentId: "", shiftId: "" };
const ACCOUNT = { name: "New", role: "manager", employeeNumber: "", login: "new.manager", lang: "en" };
const DEPARTMENT = { name: "Annex", parentId: "", shiftId: "" };

/** A sound form but for one reference: where it goes, what it says, and the sentence that must come back. */
const FORMS: readonly (readonly [path: () => string, fields: Fields, sentence: string])[] = [
	[() => "/accounts/new", { ...ACCOUNT, departmentIds: GHOST }, "One of the chosen departments"],
	[() => `/accounts/${real.account}`, { ...ACCOUNT, departmentIds: GHOST }, "One of the chosen departments"],
	[() => "/accounts/new", { ...ACCOUNT, employeeNumber: "no-such" }, "this number"],
	[() => `/accounts/${real.account}`, { ...ACCOUNT, employeeNumber: "no-such" }, "this number"],
	[() => "/people/new", { ...PERSON, departmentId: GHOST }, "This department no longer exists"],
	[() => "/people/new", { ...PERSON, shiftId: GHOST }, "This shift no longer exists"],
	[() => `/people/${real.person}/edit`, { ...PERSON, departmentId: GHOST }, "This department no longer"],
	[() => `/people/${real.person}/edit`, { ...PERSON, shiftId: GHOST }, "This shift no longer exists"],
	[() => "/people/departments/new", { ...DEPARTMENT, parentId: GHOST }, "no longer exists"],
	[() => "/people/departments/new", { ...DEPARTMENT, shiftId: GHOST }, "This shift no longer exists"],
	[() => `/people/departments/${real.department}`, { ...DEPARTMENT, shiftId: GHOST }, "This shift no longer"],
	[() => `/people/departments/${real.department}`, { ...DEPARTMENT, parentId: GHOST }, "no longer exists"],
	[() => "/people/shifts/default", { shiftId: GHOST }, "This shift no longer exists"],
	[() => `/people/${real.person}/cards/learn`, { kioskId: GHOST }, "This kiosk is not in service"],
];

const named = FORMS.map(
	([path, ...rest]) => [`${String(path).slice(6)} #${rest[1]}`, path, ...rest] as const,
);

test.each(named)("%s", async (_, path, fields, sentence) => {
	const answer = await post(path(), fields);
	expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(sentence)]);
});

test("a paused kiosk cannot learn a card", async () => {
	const paused = (await box.kiosk("Paused")).id;
	must(await box.services.kiosks.suspend(paused, BOX));
	expect((await post(`/people/${real.person}/cards/learn`, { kioskId: paused })).status).toBe(422);
});

test("a department named twice is a department", async () => {
	const fields = { ...ACCOUNT, login: "twice", departmentIds: [real.department!, real.department!] };
	expect((await post("/accounts/new", fields)).status).toBe(200);
});

/** Every field by which a form refers to something stored, all of them gone. */
const GHOSTS: Fields = {
	...{ ...PERSON, ...ACCOUNT, ...DEPARTMENT, role: "manager", departmentIds: [GHOST, GHOST] },
	...{ departmentId: GHOST, shiftId: GHOST, parentId: GHOST, kioskId: GHOST, employeeId: GHOST },
	...{ cardId: GHOST, id: GHOST, ids: GHOST, kind: "forged", reason: "gone", leftOn: "2026-12-01" },
};

/** Ends the session that asks. */
const ENDS_IT = ["/profile/sessions/end"];

describe("every form that is sent, with a ghost in each place", () => {
	const patterns = Object.entries(ACCESS)
		.filter(([key, { to }]) => key.startsWith("POST ") && Array.isArray(to))
		.map(([key]) => key.slice("POST ".length))
		.filter((pattern) => !ENDS_IT.includes(pattern));

	test.each(patterns)("%s", async (pattern) => {
		const answer = await post(pattern.replace(/:\w+/g, GHOST), GHOSTS);
		expect(answer.status).toBeLessThan(500);
		if (pattern.includes(":") && !pattern.endsWith("/cancel")) expect(answer.status).toBe(404);
	});

	test.each(["/people/:id", "/people/departments/:id", "/people/shifts/:id", "/kiosks/:id"])(
		"below a real %s",
		async (start) => {
			const kind = { people: "person", departments: "department", shifts: "shift", kiosks: "kiosk" };
			const id = real[kind[start.split("/").at(-2) as keyof typeof kind]]!;
			for (const pattern of patterns.filter((one) => one.startsWith(start))) {
				const answer = await post(pattern.replace(":id", id).replace(/:\w+/g, GHOST), GHOSTS);
				expect([pattern, answer.status < 500]).toEqual([pattern, true]);
			}
		},
	);
});
