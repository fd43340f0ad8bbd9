/** The roll call: who is inside now, to be printed and ticked off at the assembly point; and who has not been seen. */
import type { BoardRow } from "../../db/board.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, dayAndTime } from "../../server/web/format.ts";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";

export interface RollCallProps {
	readonly rc: SignedInContext;
	readonly inside: readonly BoardRow[];
	readonly missing: readonly BoardRow[];
}

export function RollCall({ rc, inside, missing }: RollCallProps) {
	const title = rc.t("board.roll_call");
	return (
		<Layout rc={rc} title={title} crumbs={[{ label: rc.t("board.title"), href: "/board" }, { label: title }]}>
			<PageHeader
				title={title}
				lead={rc.t("board.roll_call.lead", { time: dayAndTime(rc.nowMs, rc), site: rc.siteName })}
				actions={
					<button type="button" class="no-print" data-prints>
						<Icon name="print" />
						{rc.t("app.print")}
					</button>
				}
			/>
			{inside.length === 0 ? (
				<EmptyState icon="people" title={rc.t("board.roll_call.nobody")}>
					{rc.t("board.roll_call.nobody.text")}
				</EmptyState>
			) : (
				<Group rc={rc} title={rc.t("board.roll_call.inside", { count: inside.length })} rows={inside} />
			)}
			{missing.length > 0 && (
				<Group rc={rc} title={rc.t("board.roll_call.missing", { count: missing.length })} rows={missing} />
			)}
			<p class="roll-foot muted">
				<span>{rc.t("board.roll_call.checked")}</span>
				<span>{rc.t("board.roll_call.at")}</span>
			</p>
		</Layout>
	);
}

function Group({
	rc,
	title,
	rows,
}: {
	readonly rc: SignedInContext;
	readonly title: string;
	readonly rows: readonly BoardRow[];
}) {
	const byDepartment = Map.groupBy(rows, (row) => row.department ?? "");
	return (
		<section class="roll">
			<h2>{title}</h2>
			{[...byDepartment]
				.sort(([a], [b]) => a.localeCompare(b, rc.lang))
				.map(([department, people]) => (
					<div key={department} class="roll-group">
						<h3>
							{department || rc.t("board.no_department")} <span class="muted">{people.length}</span>
						</h3>
						<ul>
							{people.map((row) => (
								<li key={row.id}>
									<span class="roll-box" aria-hidden="true" />
									<span>{row.name}</span>
									<small class="muted tabular">
										{[row.number, row.sinceMs !== null && clockTime(row.sinceMs, rc), row.place]
											.filter(Boolean)
											.join(" · ")}
									</small>
								</li>
							))}
						</ul>
					</div>
				))}
		</section>
	);
}
