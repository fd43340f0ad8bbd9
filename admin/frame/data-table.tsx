/** A table whose rows the server pages and sorts; each row becomes a card on a phone. */
import type { ComponentChildren, VNode } from "preact";
import type { RequestContext } from "../../server/web/context.ts";
import { liveLink } from "./live-link.ts";
import { Pager, type Paging } from "./pager.tsx";

export interface Column<R> {
	readonly key: string;
	readonly head: string;
	readonly cell: (row: R) => ComponentChildren;
	/** Digits align to the right. */
	readonly numeric?: true;
	/** The first column that names the row; it heads the card on a phone. */
	readonly main?: true;
	/** Address that sorts by this column; absent when it cannot. */
	readonly sortHref?: string;
	readonly sorted?: "ascending" | "descending";
}

export interface DataTableProps<R> {
	readonly rc: RequestContext;
	/** Of the surrounding element; filters and pages replace it by this id. */
	readonly id: string;
	/** Says what the table holds, for screen readers. */
	readonly label: string;
	readonly columns: readonly Column<R>[];
	readonly rows: readonly R[];
	readonly rowKey: (row: R) => string;
	readonly paging?: Paging;
	/** Shown instead of an empty table. */
	readonly empty: VNode;
}

export function DataTable<R>(props: DataTableProps<R>) {
	const { rc, id, label, columns, rows, rowKey, paging, empty } = props;
	return (
		<div id={id} class="table-block" aria-live="polite">
			{rows.length === 0 ? (
				empty
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
				<section class="table-scroll" aria-label={label} tabIndex={0}>
					<table class="data" aria-label={label}>
						<thead>
							<tr>
								{columns.map((column) => (
									<HeadCell key={column.key} rc={rc} column={column} target={id} />
								))}
							</tr>
						</thead>
						<tbody>
							{rows.map((row) => (
								<tr key={rowKey(row)}>
									{columns.map((column) => (
										<td key={column.key} class={cellClass(column)} data-head={column.head}>
											{column.cell(row)}
										</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
				</section>
			)}
			{paging && rows.length > 0 && <Pager rc={rc} paging={paging} target={id} />}
		</div>
	);
}

const cellClass = <R,>(column: Column<R>): string =>
	[`col-${column.key}`, column.numeric && "numeric", column.main && "main-cell"].filter(Boolean).join(" ");

/** Nothing to tell in a cell. On a phone the cell goes. */
export const Dash = () => <span class="dash">–</span>;

const HeadCell = <R,>({ rc, column, target }: { rc: RequestContext; column: Column<R>; target: string }) => (
	<th scope="col" class={cellClass(column)} aria-sort={column.sorted}>
		{column.sortHref ? (
			<a {...liveLink(column.sortHref, target)} title={rc.t("app.table.sort", { column: column.head })}>
				{column.head}
			</a>
		) : (
			column.head
		)}
	</th>
);
