/** The people behind the numbers: pairs that look alike, and people for whom the face often does not do; with what can be done. */
import { employeeById } from "../../db/employee.ts";
import type { Db } from "../../db/store.ts";
import type { LookalikePair } from "../../db/template.ts";
import type { StoredReport } from "../../server/services/face-report.ts";
import type { Strained } from "../../server/services/face-traffic.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { PersonLink } from "../frame/avatar.tsx";
import { DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Card } from "../frame/page-header.tsx";

interface Shown {
	readonly rc: SignedInContext;
	readonly db: Db;
}

/** More pairs than these say that the photos are bad, not the people. */
const MOST_PAIRS = 50;

const Person = ({ rc, db, id }: Shown & { readonly id: string }) => {
	const person = employeeById(db, id);
	return person ? (
		<PersonLink id={id} name={person.name} note={person.number} href={`/people/${id}/face`} />
	) : (
		<span class="muted">{rc.t("faces.gone")}</span>
	);
};

const Renew = ({ rc, id }: { readonly rc: SignedInContext; readonly id: string }) =>
	mayUse(rc.viewer.role, "GET", "/people/:id/face/enrol") ? (
		<a class="button secondary small" href={`/people/${id}/face/enrol`}>
			{rc.t("faces.renew")}
		</a>
	) : null;

export function PairsCard({ rc, db, pairs }: Shown & { readonly pairs: readonly LookalikePair[] }) {
	const { t } = rc;
	return (
		<Card id="pairs" title={t("faces.pairs")} lead={t("faces.pairs.lead")}>
			<DataTable
				rc={rc}
				id="pair-list"
				label={t("faces.pairs")}
				rows={pairs.slice(0, MOST_PAIRS)}
				rowKey={(pair) => `${pair.firstId}|${pair.secondId}`}
				columns={[
					{
						key: "one",
						head: t("faces.pairs.one"),
						cell: (pair) => <Person rc={rc} db={db} id={pair.firstId} />,
						main: true,
					},
					{
						key: "other",
						head: t("faces.pairs.other"),
						cell: (pair) => <Person rc={rc} db={db} id={pair.secondId} />,
					},
					{ key: "what", head: t("faces.pairs.what"), cell: () => t("faces.pairs.card") },
				]}
				empty={
					<EmptyState icon="ok" title={t("faces.pairs.none")}>
						{t("faces.pairs.none_text")}
					</EmptyState>
				}
			/>
			{pairs.length > MOST_PAIRS && (
				<p class="muted">{t("faces.pairs.more", { n: pairs.length - MOST_PAIRS })}</p>
			)}
		</Card>
	);
}

const whyOf = ({ t }: SignedInContext, { punches, helped, photosDiffer }: Strained): string =>
	[helped > 0 && t("faces.strained.helped", { punches, helped }), photosDiffer && t("faces.strained.photos")]
		.filter(Boolean)
		.join(" ");

export function StrainedCard({ rc, db, report }: Shown & { readonly report: StoredReport }) {
	const { t } = rc;
	const rows = report.strained.filter(({ id }) => employeeById(db, id));
	return (
		<Card id="strained" title={t("faces.strained")} lead={t("faces.strained.lead")}>
			<DataTable
				rc={rc}
				id="strained-list"
				label={t("faces.strained")}
				rows={rows}
				rowKey={({ id }) => id}
				columns={[
					{
						key: "who",
						head: t("faces.strained.who"),
						cell: ({ id }) => <Person rc={rc} db={db} id={id} />,
						main: true,
					},
					{ key: "why", head: t("faces.strained.why"), cell: (one) => whyOf(rc, one) },
					{ key: "do", head: t("faces.strained.do"), cell: ({ id }) => <Renew rc={rc} id={id} /> },
				]}
				empty={
					<EmptyState icon="ok" title={t("faces.strained.none")}>
						{t("faces.strained.none_text")}
					</EmptyState>
				}
			/>
		</Card>
	);
}
