/** The shifts of the site, the default among them. */
import type { Shift } from "../../db/shift.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Badge } from "../frame/badge.tsx";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { SelectField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { PeopleTabs } from "../people/people-tabs.tsx";
import { daysText, hoursText } from "./shift-text.ts";

export interface ShiftListProps {
	readonly rc: SignedInContext;
	readonly shifts: readonly Shift[];
	/** People with the shift of their own, by its id. */
	readonly people: ReadonlyMap<string, number>;
	readonly defaultId: string | null;
}

const mayChange = (rc: SignedInContext): boolean => mayUse(rc.viewer.role, "POST", "/people/shifts/new");

export const ShiftList = (props: ShiftListProps) => {
	const { rc, shifts } = props;
	return (
		<Layout rc={rc} title={rc.t("shifts.title")} width="wide">
			<PageHeader
				title={rc.t("shifts.title")}
				lead={rc.t("shifts.lead")}
				actions={mayChange(rc) && <AddLink rc={rc} />}
			/>
			<PeopleTabs rc={rc} />
			<div class="stack">
				<DataTable
					rc={rc}
					id="shifts-table"
					label={rc.t("shifts.title")}
					columns={columnsOf(props)}
					rows={shifts}
					rowKey={(shift) => shift.id}
					empty={
						<EmptyState icon="days" title={rc.t("shifts.empty.title")}>
							{rc.t("shifts.empty.text")}
						</EmptyState>
					}
				/>
				{shifts.length > 0 && mayChange(rc) && <DefaultCard {...props} />}
			</div>
		</Layout>
	);
};

const AddLink = ({ rc }: { readonly rc: SignedInContext }) => (
	<a class="button" href="/people/shifts/new">
		<Icon name="plus" />
		{rc.t("shifts.add")}
	</a>
);

function columnsOf({ rc, people, defaultId }: ShiftListProps): Column<Shift>[] {
	return [
		{
			key: "name",
			head: rc.t("shifts.name"),
			main: true,
			cell: (shift) => (
				<span class="badges">
					{mayChange(rc) ? <a href={`/people/shifts/${shift.id}`}>{shift.name}</a> : shift.name}
					{shift.id === defaultId && <Badge tone="info">{rc.t("shifts.is_default")}</Badge>}
				</span>
			),
		},
		{ key: "hours", head: rc.t("shifts.hours.head"), cell: (shift) => hoursText(rc, shift) },
		{ key: "days", head: rc.t("shifts.days"), cell: (shift) => daysText(rc, shift.weekdays) },
		{
			key: "break",
			head: rc.t("shifts.break"),
			numeric: true,
			cell: (shift) => rc.t("shifts.minutes", { minutes: shift.breakMin }),
		},
		{
			key: "grace",
			head: rc.t("shifts.grace"),
			numeric: true,
			cell: (shift) => rc.t("shifts.grace.value", { before: shift.graceInMin, after: shift.graceOutMin }),
		},
		{
			key: "people",
			head: rc.t("shifts.people"),
			numeric: true,
			cell: (shift) => people.get(shift.id) ?? 0,
		},
	];
}

const DefaultCard = ({ rc, shifts, defaultId }: ShiftListProps) => (
	<Card title={rc.t("shifts.default.title")} lead={rc.t("shifts.default.lead")}>
		<form method="post" action="/people/shifts/default" class="inline-form">
			<SelectField
				rc={rc}
				name="shiftId"
				label={rc.t("shifts.default.label")}
				value={defaultId ?? ""}
				choices={[
					{ value: "", label: rc.t("shifts.default.none") },
					...shifts.map((shift) => ({ value: shift.id, label: shift.name })),
				]}
			/>
			<button type="submit" class="secondary">
				{rc.t("app.save")}
			</button>
		</form>
	</Card>
);
