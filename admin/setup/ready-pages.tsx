/** The last page of the first run: what is ready and what is not, refreshed by itself. Stays reachable later. */
import { Elysia } from "elysia";
import type { FirstRun } from "../../server/services/first-run.ts";
import type { Check, Readiness } from "../../server/services/readiness.ts";
import { byOf, type RequestContext, signedIn } from "../../server/web/context.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { Icon } from "../frame/icons.tsx";
import { BrowserCheck, CheckRow } from "./check-list.tsx";
import { StepLayout } from "./step-layout.tsx";

export interface ReadyDeps {
	readonly firstRun: FirstRun;
	readonly readiness: Readiness;
}

export const readyPages = ({ firstRun, readiness }: ReadyDeps) =>
	new Elysia({ name: "setup-ready" })
		.get("/setup/ready", async ({ request }) => {
			const rc = signedIn(request);
			if (firstRun.nextStep(undefined) !== "ready") return goTo(rc, "/setup");
			return page(rc, <ReadyView rc={rc} checks={await readiness.checks()} />);
		})
		.post("/setup/ready", async ({ request }) => {
			const rc = signedIn(request);
			await firstRun.finish(byOf(rc));
			return goTo(rc, "/");
		});

const isFine = (check: Check): boolean => check.state === "ok" || check.state === "warn";

const ReadyView = ({ rc, checks }: { rc: RequestContext; checks: readonly Check[] }) => {
	const ready = checks.every(isFine);
	return (
		<StepLayout
			rc={rc}
			step="ready"
			title={rc.t(ready ? "setup.ready.all" : "setup.ready.title")}
			lead={rc.t("setup.ready.lead")}
			scripts={["admin/setup.js"]}
		>
			<BrowserCheck rc={rc} />
			<div
				id="checks"
				hx-get="/setup/ready"
				hx-trigger="every 5s"
				hx-select="#checks"
				hx-target="#checks"
				hx-swap="outerMorph"
			>
				<ul class="checks">
					{checks.map((check) => (
						<CheckRow key={check.id} rc={rc} check={check} />
					))}
				</ul>
				<form method="post" action="/setup/ready" class="form-foot">
					<button type="submit" class={ready ? undefined : "secondary"}>
						{rc.t(ready ? "setup.ready.finish" : "setup.ready.later")}
						<Icon name="next" />
					</button>
				</form>
			</div>
		</StepLayout>
	);
};
