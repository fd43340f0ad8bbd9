/** Routes of the settings page. */
import { Elysia } from "elysia";
import { clockEvents } from "../../db/clock.ts";
import type { Db } from "../../db/store.ts";
import { type Choices, extraHosts, type WantedChoices } from "../../server/services/choices.ts";
import type { ClockWatch } from "../../server/services/clock-watch.ts";
import { minPinDigits } from "../../server/services/pins.ts";
import { readPolicy } from "../../server/services/policy.ts";
import { sessionLimits } from "../../server/services/sessions.ts";
import { isFaceOn, siteOrDefault } from "../../server/services/site.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors, type FieldErrors, parseForm, rawValue } from "../../server/web/forms.ts";
import type { ReadNetwork } from "../../server/web/network.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { KIOSK_FORM, readHosts, SAFETY_FORM, SITE_FORM } from "./settings-forms.ts";
import { SettingsView } from "./settings-view.tsx";
import type { Typed } from "./typed.ts";

export interface SettingsDeps {
	readonly store: Db;
	readonly choices: Choices;
	readonly clockWatch: Pick<ClockWatch, "state" | "confirm">;
	readonly readNetwork: ReadNetwork;
}

const EVENTS_SHOWN = 20;

export const settingsPages = (deps: SettingsDeps) =>
	new Elysia({ name: "settings" })
		.get("/settings", ({ request }) => show(deps, signedIn(request)))
		.post("/settings/site", ({ request, body }) => saveSite(deps, signedIn(request), body))
		.post("/settings/kiosk", ({ request, body }) => saveKiosk(deps, signedIn(request), body))
		.post("/settings/safety", ({ request, body }) => saveSafety(deps, signedIn(request), body))
		.post("/settings/hosts", ({ request, body }) =>
			save(deps, signedIn(request), { form: "hosts", body }, { hosts: readHosts(rawValue(body, "hosts")) }),
		)
		.post("/settings/clock", async ({ request }) => {
			const rc = signedIn(request);
			await deps.clockWatch.confirm(byOf(rc));
			return goTo(rc, "/settings", { flash: "settings.clock.confirmed" });
		});

function show(
	{ store, clockWatch, readNetwork }: SettingsDeps,
	rc: SignedInContext,
	refused?: { readonly errors: FieldErrors; readonly typed: Typed },
): Response {
	const values = {
		site: siteOrDefault(store),
		policy: readPolicy(store),
		faceOn: isFaceOn(store),
		pinDigits: minPinDigits(store),
		sessions: sessionLimits(store),
		hosts: extraHosts(store),
	};
	const clock = { events: clockEvents(store, EVENTS_SHOWN), clock: clockWatch.state(), nowMs: rc.nowMs };
	const shown = { values, ...refused, ...clock, network: readNetwork() };
	return page(rc, <SettingsView rc={rc} {...shown} />, refused ? 422 : 200);
}

/** Back to the page with "saved", or the page again with what was refused. */
async function save(
	deps: SettingsDeps,
	rc: SignedInContext,
	typed: Typed,
	wanted: WantedChoices,
): Promise<Response> {
	const changed = await deps.choices.change(wanted, byOf(rc));
	if (!changed.ok) return show(deps, rc, { errors: asFieldErrors(changed.error), typed });
	return goTo(rc, "/settings", { flash: "app.saved" });
}

type Answer = Promise<Response> | Response;

function saveSite(deps: SettingsDeps, rc: SignedInContext, body: unknown): Answer {
	const typed: Typed = { form: "site", body };
	const form = parseForm(body, SITE_FORM);
	if (!form.ok) return show(deps, rc, { errors: form.error, typed });
	return save(deps, rc, typed, { site: form.value });
}

function saveKiosk(deps: SettingsDeps, rc: SignedInContext, body: unknown): Answer {
	const typed: Typed = { form: "kiosk", body };
	const form = parseForm(body, KIOSK_FORM);
	if (!form.ok) return show(deps, rc, { errors: form.error, typed });
	const { faceOn, ...policy } = form.value;
	return save(deps, rc, typed, { faceOn, policy });
}

function saveSafety(deps: SettingsDeps, rc: SignedInContext, body: unknown): Answer {
	const typed: Typed = { form: "safety", body };
	const form = parseForm(body, SAFETY_FORM);
	if (!form.ok) return show(deps, rc, { errors: form.error, typed });
	const { pinDigits, photoDays, ...sessions } = form.value;
	return save(deps, rc, typed, { policy: { photoDays }, pinDigits, sessions });
}
