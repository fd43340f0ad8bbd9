/** Routes of "Face accuracy": the page, measuring anew, progress, and how many wrong names the owner allows. */
import { Elysia } from "elysia";
import { doorDaysSince } from "../../db/door-day.ts";
import { listKiosks } from "../../db/kiosk.ts";
import type { Store } from "../../db/store.ts";
import { lookalikePairs } from "../../db/template.ts";
import type { AppError } from "../../server/base/app-error.ts";
import { type Clock, DAY_MS, type DateText } from "../../server/base/units.ts";
import { type Choices, WRONG_NAMES } from "../../server/services/choices.ts";
import type { DoorDays } from "../../server/services/door-days.ts";
import { doorHealth } from "../../server/services/door-health.ts";
import type { FaceIndex } from "../../server/services/face-index.ts";
import type { FaceReport } from "../../server/services/face-report.ts";
import type { Looks } from "../../server/services/looks.ts";
import { readPolicy } from "../../server/services/policy.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { integer, parseForm } from "../../server/web/forms.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { statusOf } from "../../server/web/status.tsx";
import { FacesView, MeasuringCard } from "./faces-view.tsx";

export interface FacesPagesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly faces: Pick<FaceIndex, "recogniser" | "people">;
	readonly faceReport: FaceReport;
	readonly doorDays: Pick<DoorDays, "flush">;
	readonly choices: Choices;
	readonly looks: Pick<Looks, "atReport">;
	isFaceOn(): boolean;
	today(): DateText;
}

const HOME = "/faces";
const LIMIT_FORM = { wrongNames: integer(WRONG_NAMES) };
/** Of the light of the doors. */
const TREND_DAYS = 28;
const WEEK_DAYS = 7;

export const facesPages = (deps: FacesPagesDeps) =>
	new Elysia({ name: "faces" })
		.get(HOME, ({ request }) => show(deps, signedIn(request)))
		.get(`${HOME}/progress`, ({ request }) => progress(deps, signedIn(request)))
		.post(`${HOME}/measure`, ({ request }) => {
			const rc = signedIn(request);
			const started = deps.faceReport.start(byOf(rc));
			return started.ok ? goTo(rc, HOME) : show(deps, rc, started.error);
		})
		.post(`${HOME}/limit`, async ({ request, body }) => {
			const rc = signedIn(request);
			const form = parseForm(body, LIMIT_FORM);
			const wrong = form.ok ? undefined : Object.values(form.error)[0];
			if (!form.ok) return show(deps, rc, wrong);
			const changed = await deps.choices.change({ policy: form.value }, byOf(rc));
			if (!changed.ok) return show(deps, rc, changed.error);
			deps.faceReport.forgetLimit();
			return goTo(rc, HOME, { flash: "faces.limit.saved" });
		});

const dayBefore = (day: DateText, days: number): DateText =>
	new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

async function show(deps: FacesPagesDeps, rc: SignedInContext, error?: AppError): Promise<Response> {
	const { store, faces, faceReport, doorDays } = deps;
	await deps.looks.atReport("faces", {}, byOf(rc));
	await doorDays.flush();
	const rows = doorDaysSince(store, dayBefore(deps.today(), TREND_DAYS - 1));
	const weekFrom = dayBefore(deps.today(), WEEK_DAYS - 1);
	const doors = listKiosks(store)
		.filter((kiosk) => kiosk.status === "active")
		.map((kiosk) => {
			const own = rows.filter((row) => row.kioskId === kiosk.id);
			return { kiosk, health: doorHealth(kiosk.id, own, weekFrom) };
		});
	const view = (
		<FacesView
			rc={rc}
			db={store}
			faceOn={deps.isFaceOn()}
			people={faces.people}
			recogniser={faces.recogniser}
			report={faceReport.latest()}
			outdated={faceReport.isOutdated()}
			progress={faceReport.progress()}
			siteLimit={faceReport.siteLimit()}
			allowed={readPolicy(store).wrongNames}
			pairs={lookalikePairs(store)}
			doors={doors}
			error={error}
		/>
	);
	return page(rc, view, error ? statusOf(error) : 200);
}

/** Renewed once a second while something is measured; the whole page comes anew when it has ended. */
function progress({ faceReport }: FacesPagesDeps, rc: SignedInContext): Response {
	const at = faceReport.progress();
	if (!at || !rc.fragment) return goTo(rc, HOME);
	return fragment(<MeasuringCard rc={rc} progress={at} />);
}
