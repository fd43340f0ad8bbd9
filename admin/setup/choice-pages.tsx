/** Routes of the steps of the new owner: recovery codes, faces, first shift. */
import { Elysia } from "elysia";
import type { Db } from "../../db/store.ts";
import { type AppError, invalid } from "../../server/base/app-error.ts";
import type { FirstRun } from "../../server/services/first-run.ts";
import type { Shifts } from "../../server/services/shifts.ts";
import {
	defaultFaceOn,
	LAW_PRESETS,
	type LawPreset,
	readFace,
	type Site,
} from "../../server/services/site.ts";
import { byOf, signedIn } from "../../server/web/context.ts";
import {
	asFieldErrors,
	type FieldErrors,
	integer,
	list,
	oneOf,
	parseForm,
	rawValue,
	rawValues,
	text,
	timeOfDay,
} from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { FaceStep, RecoveryStep, ShiftStep, USUAL_SHIFT } from "./choice-views.tsx";

export interface ChoiceDeps {
	readonly db: Db;
	readonly firstRun: FirstRun;
	readonly site: Site;
	readonly shifts: Pick<Shifts, "createDefault">;
}

export const choicePages = (deps: ChoiceDeps) =>
	new Elysia({ name: "setup-choices" })
		.get("/setup/recovery", ({ request }) => showRecovery(deps, request))
		.post("/setup/recovery", ({ request, body }) => takeRecovery(deps, request, body))
		.get("/setup/face", ({ request }) => showFace(deps, request))
		.post("/setup/face", ({ request, body }) => takeFace(deps, request, body))
		.get("/setup/shift", ({ request }) => showShift(request))
		.post("/setup/shift", ({ request, body }) => takeShift(deps, request, body));

async function showRecovery({ firstRun }: ChoiceDeps, request: Request): Promise<Response> {
	const rc = signedIn(request);
	if (firstRun.nextStep(undefined) !== "recovery") return goTo(rc, "/setup");
	const codes = await firstRun.recoveryCodes(rc.viewer.id, byOf(rc));
	return page(rc, <RecoveryStep rc={rc} codes={codes} />);
}

async function takeRecovery({ firstRun }: ChoiceDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	if (firstRun.nextStep(undefined) !== "recovery") return goTo(rc, "/setup");
	if (rawValue(body, "kept") === "yes") {
		await firstRun.keepRecoveryCodes();
		return goTo(rc, "/setup");
	}
	const codes = await firstRun.recoveryCodes(rc.viewer.id, byOf(rc));
	const errors = { kept: invalid("setup.recovery.must_keep", "kept") };
	return page(rc, <RecoveryStep rc={rc} codes={codes} errors={errors} />, 422);
}

const FACE_FORM = { preset: oneOf(LAW_PRESETS), face: oneOf(["on", "off"]) };

function showFace({ db }: ChoiceDeps, request: Request): Response {
	const rc = signedIn(request);
	const known = readFace(db);
	const preset = known?.preset ?? presetOf(rc.zone);
	const face = (known?.on ?? defaultFaceOn(preset)) ? "on" : "off";
	return page(rc, <FaceStep rc={rc} values={{ preset, face }} />);
}

/** A guess from the zone; the owner decides. */
function presetOf(zone: string): LawPreset {
	if (/^Asia\/(Shanghai|Urumqi|Chongqing|Harbin|Chungking|Kashgar)$|^PRC$/.test(zone)) return "CN";
	if (/^(Europe\/(?!Moscow|Istanbul|Minsk)|Atlantic\/(Canary|Madeira|Azores|Reykjavik))/.test(zone))
		return "EU";
	return /^(US\/|America\/(New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Boise|Anchorage)|Pacific\/Honolulu)/.test(
		zone,
	)
		? "US"
		: "other";
}

async function takeFace({ site }: ChoiceDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, FACE_FORM);
	if (!form.ok) {
		const values = { preset: rawValue(body, "preset"), face: rawValue(body, "face") };
		return page(rc, <FaceStep rc={rc} values={values} errors={form.error} />, 422);
	}
	await site.saveFace({ preset: form.value.preset, on: form.value.face === "on" }, byOf(rc));
	return goTo(rc, "/setup");
}

const SHIFT_FORM = {
	name: text({ max: 40 }),
	startMin: timeOfDay(),
	endMin: timeOfDay(),
	graceInMin: integer({ min: 0, max: 240 }),
	breakMin: integer({ min: 0, max: 480 }),
	weekdays: list(integer({ min: 0, max: 6 }), 7),
};

function showShift(request: Request): Response {
	const rc = signedIn(request);
	return page(rc, <ShiftStep rc={rc} values={{ name: rc.t("setup.shift.default_name"), ...USUAL_SHIFT }} />);
}

async function takeShift({ shifts }: ChoiceDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, SHIFT_FORM);
	if (!form.ok) return shiftAgain(request, body, { errors: form.error });
	const days = form.value.weekdays.reduce((bits, day) => bits | (1 << day), 0);
	const made = await shifts.createDefault({ ...form.value, graceOutMin: 0, weekdays: days }, byOf(rc));
	if (!made.ok) {
		const { error } = made;
		return shiftAgain(request, body, error.field ? { errors: asFieldErrors(error) } : { error });
	}
	return goTo(rc, "/setup");
}

function shiftAgain(
	request: Request,
	body: unknown,
	refusal: { errors?: FieldErrors; error?: AppError },
): Response {
	const rc = signedIn(request);
	const values = {
		name: rawValue(body, "name"),
		startMin: rawValue(body, "startMin"),
		endMin: rawValue(body, "endMin"),
		graceInMin: rawValue(body, "graceInMin"),
		breakMin: rawValue(body, "breakMin"),
		weekdays: rawValues(body, "weekdays"),
	};
	return page(rc, <ShiftStep rc={rc} values={values} {...refusal} />, 422);
}
