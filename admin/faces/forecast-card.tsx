/** How often a wrong name must be expected, in words, what that rests on, and the owner's limit. */
import {
	askedInHundred,
	LEAST_PEOPLE,
	predictWrongNames,
	type WrongNames,
} from "../../server/recognition/wrong-names.ts";
import { WRONG_NAMES } from "../../server/services/choices.ts";
import type { StoredReport } from "../../server/services/face-report.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Notice } from "../frame/badge.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Card } from "../frame/page-header.tsx";
import { spanOf } from "./spans.ts";

export interface ForecastCardProps {
	readonly rc: SignedInContext;
	readonly report: StoredReport;
	readonly siteLimit?: number;
	readonly allowed: number;
}

export function ForecastCard(props: ForecastCardProps) {
	const { rc, report, siteLimit } = props;
	const { t } = rc;
	const { figures, traffic } = report;
	const expected = predictWrongNames(figures, traffic, Math.min(figures.limit, siteLimit ?? figures.limit));
	return (
		<Card id="expect" title={t("faces.expect")}>
			{expected ? (
				<Expected rc={rc} expected={expected} />
			) : (
				<Notice tone="info">{t("faces.too_few", { least: LEAST_PEOPLE })}</Notice>
			)}
			{figures.tries > 0 && <Own rc={rc} report={report} />}
			<LimitForm {...props} />
		</Card>
	);
}

const Expected = ({ rc, expected }: { readonly rc: SignedInContext; readonly expected: WrongNames }) => {
	const [likely, most] = [spanOf(expected.perYear), spanOf(expected.mostPerYear)];
	return (
		<>
			<p class="faces-headline">{rc.t("faces.wrong", { what: rc.t(likely.key, { n: likely.n }) })}</p>
			{(most.key !== likely.key || most.n !== likely.n) && (
				<p class="muted">{rc.t("faces.wrong_most", { what: rc.t(most.key, { n: most.n }) })}</p>
			)}
		</>
	);
};

/** What was tried and how it ended; the ground the sentence above stands on. */
const Own = ({ rc: { t }, report: { figures, traffic } }: Pick<ForecastCardProps, "rc" | "report">) => {
	const { tries, recognised, mistaken, strangers, letIn } = figures;
	const perDay = traffic.days > 0 ? Math.round((10 * traffic.facePunches) / traffic.days) / 10 : 0;
	return (
		<ul class="faces-basis">
			<li>
				{traffic.facePunches > 0
					? t("faces.basis.traffic", { perDay, days: traffic.days })
					: t("faces.basis.no_traffic")}
			</li>
			<li>{t("faces.basis.own", { tries, n: Math.round((100 * recognised) / tries) })}</li>
			<li>{t("faces.basis.mistaken", { tries, mistaken })}</li>
			<li>{t("faces.basis.strangers", { strangers, letIn })}</li>
			<li class="muted">{t("faces.basis.honest")}</li>
		</ul>
	);
};

const LimitForm = ({ rc, report: { figures }, siteLimit, allowed }: ForecastCardProps) => {
	const { t } = rc;
	const mayChange = mayUse(rc.viewer.role, "POST", "/faces/limit");
	return (
		<form method="post" action="/faces/limit" class="faces-limit">
			<fieldset class="plain-set" disabled={!mayChange}>
				<TextField
					rc={rc}
					name="wrongNames"
					type="number"
					label={t("faces.limit.label")}
					hint={t("faces.limit.hint", WRONG_NAMES)}
					value={allowed}
					input={{ ...WRONG_NAMES, inputmode: "numeric" }}
				/>
				{mayChange && (
					<button type="submit" class="secondary">
						{t("app.save")}
					</button>
				)}
			</fieldset>
			<p>
				{siteLimit === undefined
					? t("faces.limit.enough")
					: t("faces.limit.stricter", { n: askedInHundred(figures, siteLimit) })}
			</p>
		</form>
	);
};
