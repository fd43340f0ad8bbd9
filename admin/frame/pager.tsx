/** Steps through pages by number, or by cursor where rows are endless. */
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "./icons.tsx";
import { liveLink } from "./live-link.ts";

export type Paging =
	| {
			readonly kind: "pages";
			/** From 1. */
			readonly page: number;
			readonly pages: number;
			/** Rows in all pages. */
			readonly total: number;
			readonly href: (page: number) => string;
	  }
	| {
			readonly kind: "cursor";
			/** Address of the first page when this is a later one. */
			readonly first?: string;
			readonly next?: string;
	  };

/** The pages that `total` rows need; at least one. */
export const pageCount = (total: number, size: number): number => Math.max(1, Math.ceil(total / size));

export const Pager = ({ rc, paging, target }: { rc: RequestContext; paging: Paging; target: string }) =>
	paging.kind === "pages" ? (
		<nav class="pager" aria-label={rc.t("app.table.page", { page: paging.page, pages: paging.pages })}>
			<span class="muted">{rc.t("app.table.count", { count: paging.total })}</span>
			{paging.pages > 1 && (
				<span class="pager-steps">
					<Step
						rc={rc}
						target={target}
						label="app.table.previous"
						icon="previous"
						href={paging.page > 1 ? paging.href(paging.page - 1) : undefined}
					/>
					<span class="tabular">{rc.t("app.table.page", { page: paging.page, pages: paging.pages })}</span>
					<Step
						rc={rc}
						target={target}
						label="app.table.next"
						icon="next"
						href={paging.page < paging.pages ? paging.href(paging.page + 1) : undefined}
					/>
				</span>
			)}
		</nav>
	) : (
		<nav class="pager" aria-label={rc.t("app.table.older")}>
			{paging.first && <a {...liveLink(paging.first, target)}>{rc.t("app.table.newer")}</a>}
			{paging.next && (
				<a class="pager-older" {...liveLink(paging.next, target)}>
					{rc.t("app.table.older")}
				</a>
			)}
		</nav>
	);

interface StepProps {
	readonly rc: RequestContext;
	readonly target: string;
	readonly label: "app.table.previous" | "app.table.next";
	readonly icon: "previous" | "next";
	readonly href?: string;
}

const Step = ({ rc, target, label, icon, href }: StepProps) =>
	href ? (
		<a class="icon-button" {...liveLink(href, target)}>
			<Icon name={icon} />
			<span class="sr-only">{rc.t(label)}</span>
		</a>
	) : (
		<span class="icon-button off" aria-hidden="true">
			<Icon name={icon} />
		</span>
	);
