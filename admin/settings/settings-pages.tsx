/** Routes of the settings page. */
import { Elysia } from "elysia";
import { clockEvents } from "../../db/clock.ts";
import type { Db } from "../../db/store.ts";
import type { Result } from "../../server/base/result.ts";
import { type Choices, extraHosts } from "../../server/services/choices.ts";
import type { ClockWatch } from "../../server/services/clock-watch.ts";
import { minPinDigits } from "../../server/services/pins.ts";
import { readPolicy } from "../../server/services/policy.ts";
import { sessionLimits } from "../../server/services/sessions.ts";
import { isFaceOn, siteOrDefault } from "../../server/services/site.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors, type FieldErrors, parseForm, rawValue } from "../../server/web/forms.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { KIOSK_FORM, readHosts, SAFETY_FORM, SITE_FORM } from "./settings-forms.ts";
import { SettingsView } from "./settings-view.tsx";

export interface SettingsDeps {
	readonly store: Db;
	readonly choices: Choices;
	readonly clockWatch: Pick<ClockWatch, "state" | "confirm">;
}

const EVENTS_SHOWN = 20;

export const settingsPages = (deps: SettingsDeps) =>
	new Elysia({ name: "settings" })
		.get("/settings", ({ request }) => show(deps, signedIn(request)))
		.post("/settings/site", ({ request, body }) => saveSite(deps, signedIn(request), body))
		.post("/settings/kiosk", ({ request, body }) => saveKiosk(deps, signedIn(request), body))
		.post("/settings/safety", ({ request, body }) => saveSafety(deps, signedIn(request), body))
		.post("/settings/hosts", async ({ request, body }) => {
			const rc = signedIn(request);
			return settle(deps, rc, [await deps.choices.changeHosts(readHosts(rawValue(body, "hosts")), byOf(rc))]);
		})
		.post("/settings/clock", async ({ request }) => {
			const rc = signedIn(request);
			await deps.clockWatch.confirm(byOf(rc));
			return goTo(rc, "/settings", { flash: "settings.clock.confirmed" });
		});

function show({ store, clockWatch }: SettingsDeps, rc: SignedInContext, errors?: FieldErrors): Response {
	const values = {
		site: siteOrDefault(store),
		policy: readPolicy(store),
		faceOn: isFaceOn(store),
		pinDigits: minPinDigits(store),
		sessions: sessionLimits(store),
		hosts: extraHosts(store),
	};
	const clock = { events: clockEvents(store, EVENTS_SHOWN), clock: clockWatch.state(), nowMs: rc.nowMs };
	return page(rc, <SettingsView rc={rc} values={values} errors={errors} {...clock} />, errors ? 422 : 200);
}

/** Back to the page with "saved", or the page again with what was refused. */
function settle(deps: SettingsDeps, rc: SignedInContext, results: readonly Result<void>[]): Response {
	const refused = results.find((result) => !result.ok);
	if (refused && !refused.ok) return show(deps, rc, asFieldErrors(refused.error));
	return goTo(rc, "/settings", { flash: "app.saved" });
}

async function saveSite(deps: SettingsDeps, rc: SignedInContext, body: unknown): Promise<Response> {
	const form = parseForm(body, SITE_FORM);
	if (!form.ok) return show(deps, rc, form.error);
	return settle(deps, rc, [await deps.choices.changeSite(form.value, byOf(rc))]);
}

async function saveKiosk(deps: SettingsDeps, rc: SignedInContext, body: unknown): Promise<Response> {
	const form = parseForm(body, KIOSK_FORM);
	if (!form.ok) return show(deps, rc, form.error);
	const { faceOn, ...policy } = form.value;
	const changed = await deps.choices.changePolicy(policy, byOf(rc));
	return settle(deps, rc, [changed, await deps.choices.changeFace(faceOn, byOf(rc))]);
}

async function saveSafety(deps: SettingsDeps, rc: SignedInContext, body: unknown): Promise<Response> {
	const form = parseForm(body, SAFETY_FORM);
	if (!form.ok) return show(deps, rc, form.error);
	const { pinDigits, photoDays, ...sessions } = form.value;
	const by = byOf(rc);
	return settle(deps, rc, [
		await deps.choices.changePolicy({ photoDays }, by),
		await deps.choices.changeMinPinDigits(pinDigits, by),
		await deps.choices.changeSessions(sessions, by),
	]);
}
