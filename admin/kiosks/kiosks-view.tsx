/** The page of all kiosks. */
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { EmptyState } from "../frame/empty-state.tsx";
import { Icon } from "../frame/icons.tsx";
import { Layout } from "../frame/layout.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { KioskList, type KioskListProps, PendingKiosks } from "./kiosk-list.tsx";

export function KiosksView(props: KioskListProps) {
	const { rc, kiosks } = props;
	const isEmpty = kiosks.every(({ status }) => status === "revoked");
	return (
		<Layout rc={rc} title={rc.t("kiosks.title")} scripts={["admin/live.js"]}>
			<PageHeader
				title={rc.t("kiosks.title")}
				lead={rc.t("kiosks.lead")}
				actions={!isEmpty && <AddButton rc={rc} />}
			/>
			<div id="kiosks" data-live="/kiosks/stream">
				<p class="behind" role="status">
					<Icon name="warn" />
					{rc.t("kiosks.behind")}
				</p>
				<PendingKiosks {...props} />
				{isEmpty && (
					<EmptyState icon="kiosk" title={rc.t("kiosks.none")} action={<AddButton rc={rc} />}>
						{rc.t("kiosks.none.text")}
					</EmptyState>
				)}
				<KioskList {...props} />
			</div>
			<Revoked {...props} />
		</Layout>
	);
}

const AddButton = ({ rc }: { readonly rc: SignedInContext }) =>
	mayUse(rc.viewer.role, "GET", "/kiosks/new") ? (
		<a class="button" href="/kiosks/new">
			<Icon name="plus" />
			{rc.t("kiosks.add")}
		</a>
	) : null;

function Revoked({ rc, kiosks }: KioskListProps) {
	const revoked = kiosks.filter(({ status }) => status === "revoked");
	if (revoked.length === 0) return null;
	return (
		<details class="revoked">
			<summary>{rc.t("kiosks.revoked", { count: revoked.length })}</summary>
			<ul>
				{revoked.map((kiosk) => (
					<li key={kiosk.id}>
						{kiosk.name}
						<small class="muted">
							{[kiosk.place, kiosk.decidedMs !== null && dayAndTime(kiosk.decidedMs, rc)]
								.filter(Boolean)
								.join(" · ")}
						</small>
					</li>
				))}
			</ul>
		</details>
	);
}
