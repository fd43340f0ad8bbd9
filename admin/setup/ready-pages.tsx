/** The last page of the first run: what is ready and what is not, refreshed by itself. Stays reachable later. */
import { Elysia } from "elysia";
import type { Db } from "../../db/store.ts";
import type { FirstRun } from "../../server/services/first-run.ts";
import { BUILT_IN, netChoice } from "../../server/services/net-choice.ts";
import type { Check, Readiness } from "../../server/services/readiness.ts";
import { isFaceOn } from "../../server/services/site.ts";
import { byOf, type RequestContext, signedIn } from "../../server/web/context.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { Notice } from "../frame/badge.tsx";
import { Icon } from "../frame/icons.tsx";
import { BrowserCheck, CheckRow } from "./check-list.tsx";
import { StepLayout } from "./step-layout.tsx";

export interface ReadyDeps {
	readonly store: Db;
	readonly firstRun: FirstRun;
	readonly readiness: Readiness;
}

export const readyPages = ({ store, firstRun, readiness }: ReadyDeps) =>
	new Elysia({ name: "setup-ready" })
		.get("/setup/ready", async ({ request }) => {
			const rc = signedIn(request);
			if (firstRun.nextStep(undefined) !== "ready") return goTo(rc, "/setup");
			return page(rc, <ReadyView rc={rc} checks={await readiness.checks()} net={netAdvice(store)} />);
		})
		.post("/setup/ready", async ({ request }) => {
			const rc = signedIn(request);
			await firstRun.finish(byOf(rc));
			return goTo(rc, "/");
		});

/** What to say about the recognition net: nothing while faces are off. */
type NetAdvice = "recommend" | "done" | "none";

function netAdvice(db: Db): NetAdvice {
	if (!isFaceOn(db)) return "none";
	return netChoice(db).netId === BUILT_IN ? "recommend" : "done";
}

const isFine = (check: Check): boolean => check.state === "ok" || check.state === "warn";

interface ReadyProps {
	readonly rc: RequestContext;
	readonly checks: readonly Check[];
	readonly net: NetAdvice;
}

const ReadyView = ({ rc, checks, net }: ReadyProps) => {
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
				{net !== "none" && <NetNotice rc={rc} net={net} />}
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

/** Recommended, never required. */
const NetNotice = ({ rc, net }: Pick<ReadyProps, "rc" | "net">) => (
	<Notice tone={net === "done" ? "ok" : "info"}>
		<p>
			<strong>{rc.t("packs.setup.title")}</strong>
		</p>
		{net === "done" ? (
			<p>{rc.t("packs.setup.done")}</p>
		) : (
			<>
				<p>{rc.t("packs.setup.lead")}</p>
				<p>
					<a href="/settings/net">{rc.t("packs.setup.open")}</a>
				</p>
			</>
		)}
	</Notice>
);
