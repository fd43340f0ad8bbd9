/** The audit log: who did or looked at what, when, from where. Newest first, paged by cursor. */
import { Elysia } from "elysia";
import { type AccountRow, listAccounts } from "../../db/account.ts";
import { type AuditFilter, type AuditRow, auditActions, listAudit } from "../../db/audit.ts";
import type { Db } from "../../db/store.ts";
import { instantOf } from "../../server/base/units.ts";
import type { Looks } from "../../server/services/looks.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { date, integer, oneOf, optional, parseForm, rawValue, text } from "../../server/web/forms.ts";
import { page } from "../../server/web/render.tsx";
import { factsOf } from "./audit-detail.ts";
import { type AuditNames, auditNames } from "./audit-names.ts";
import { objectOf } from "./audit-object.ts";
import { type AuditItem, AuditView } from "./audit-view.tsx";

const PAGE_ROWS = 50;

export interface AuditPagesDeps {
	readonly db: Db;
	readonly looks: Pick<Looks, "atReport">;
}

export const auditPages = ({ db, looks }: AuditPagesDeps) =>
	new Elysia({ name: "audit" }).get("/audit", async ({ request, query }) => {
		const rc = signedIn(request);
		const rows = listAudit(db, { ...filterOf(rc, db, query), limit: PAGE_ROWS + 1 });
		const names = auditNames(db);
		const shown = rows.slice(0, PAGE_ROWS).map((row) => itemOf(rc, names, row));
		const object = rawValue(query, "object");
		// Paging through the log must not fill it with looks at itself.
		await looks.atReport("audit", {}, byOf(rc), "renewed");
		return page(
			rc,
			<AuditView
				rc={rc}
				rows={shown}
				nextBefore={rows.length > PAGE_ROWS ? shown.at(-1)?.id : undefined}
				accounts={listAccounts(db).map(({ id, name }: AccountRow) => ({ id, name }))}
				actions={auditActions(db)}
				about={object === "" ? undefined : (names.employee(object) ?? rc.t("audit.gone.employee"))}
				values={{
					object,
					who: rawValue(query, "who"),
					what: rawValue(query, "what"),
					from: rawValue(query, "from"),
					to: rawValue(query, "to"),
					before: rawValue(query, "before"),
				}}
			/>,
		);
	});

/** A filter that makes no sense counts as not set. */
function filterOf(rc: SignedInContext, db: Db, query: unknown): Omit<AuditFilter, "limit"> {
	const read = <V,>(name: string, parser: Parameters<typeof optional<V>>[0]): V | undefined => {
		const result = parseForm(query, { [name]: optional(parser) });
		return result.ok ? (result.value[name] as V | undefined) : undefined;
	};
	const from = read("from", date());
	const to = read("to", date());
	return {
		actorId: read("who", text({ max: 64 })),
		action: read("what", oneOf(auditActions(db))),
		objectId: read("object", text({ max: 64 })),
		fromMs: from === undefined ? undefined : instantOf(from, 0, rc.zone),
		toMs: to === undefined ? undefined : instantOf(to, 1440, rc.zone),
		beforeId: read("before", integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
	};
}

const itemOf = (rc: SignedInContext, names: AuditNames, row: AuditRow & { id: number }): AuditItem => ({
	...row,
	who: whoOf(rc, names, row),
	object: objectOf(rc, names, row),
	facts: factsOf(rc, names, row),
});

function whoOf(rc: SignedInContext, names: AuditNames, { actorKind, actorId }: AuditRow): string {
	if (actorKind === "box") return rc.t("audit.box");
	if (actorKind === "kiosk") return names.kiosk(actorId) ?? rc.t("audit.gone.kiosk");
	return names.account(actorId) ?? rc.t("audit.unknown");
}
