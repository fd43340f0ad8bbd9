/** The tree of departments with the people in each. */
import type { DepartmentNode } from "../../db/department.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { type Column, DataTable } from "../frame/data-table.tsx";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { PeopleTabs } from "../people/people-tabs.tsx";

export interface DepartmentListProps {
	readonly rc: SignedInContext;
	readonly nodes: readonly DepartmentNode[];
	/** Name by id. */
	readonly shifts: ReadonlyMap<string, string>;
}

const mayChange = (rc: SignedInContext): boolean => mayUse(rc.viewer.role, "POST", "/people/departments/new");

export const DepartmentList = (props: DepartmentListProps) => {
	const { rc, nodes } = props;
	return (
		<Layout rc={rc} title={rc.t("departments.title")} width="wide">
			<PageHeader
				title={rc.t("departments.title")}
				lead={rc.t("departments.lead")}
				actions={mayChange(rc) && <AddLink rc={rc} />}
			/>
			<PeopleTabs rc={rc} />
			<DataTable
				rc={rc}
				id="departments-table"
				label={rc.t("departments.title")}
				columns={columnsOf(props)}
				rows={nodes}
				rowKey={(node) => node.id}
				empty={
					<EmptyState icon="people" title={rc.t("departments.empty.title")}>
						{rc.t("departments.empty.text")}
					</EmptyState>
				}
			/>
		</Layout>
	);
};

const AddLink = ({ rc }: { readonly rc: SignedInContext }) => (
	<a class="button" href="/people/departments/new">
		<Icon name="plus" />
		{rc.t("departments.add")}
	</a>
);

function columnsOf({ rc, shifts }: DepartmentListProps): Column<DepartmentNode>[] {
	return [
		{
			key: "name",
			head: rc.t("departments.name"),
			main: true,
			cell: (node) => <NameCell rc={rc} node={node} />,
		},
		{
			key: "people",
			head: rc.t("departments.people"),
			numeric: true,
			cell: (node) => (
				<a href={`/people?department=${node.id}`}>{rc.t("departments.count", { count: node.peopleBelow })}</a>
			),
		},
		{
			key: "shift",
			head: rc.t("people.shift"),
			cell: (node) =>
				(node.shiftId && shifts.get(node.shiftId)) ?? (
					<span class="muted">{rc.t("departments.shift.inherited")}</span>
				),
		},
	];
}

const NameCell = ({ rc, node }: { readonly rc: SignedInContext; readonly node: DepartmentNode }) => (
	<span class={`tree-name depth-${Math.min(node.depth, 6)}`}>
		{mayChange(rc) ? <a href={`/people/departments/${node.id}`}>{node.name}</a> : node.name}
	</span>
);
