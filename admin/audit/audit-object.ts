/** What an audited act was done to, in words and with a link where the page exists. */
import type { AuditRow } from "../../db/audit.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import type { AuditNames, PersonThen } from "./audit-names.ts";

export interface AuditObject {
	readonly text: string;
	readonly href?: string;
}

type Reader = (rc: SignedInContext, names: AuditNames, row: AuditRow) => AuditObject;

/** The act's own words say it all. */
const NOTHING: Reader = () => ({ text: "" });

const READERS: Readonly<Record<string, Reader>> = {
	employee: (rc, names, { objectId }) =>
		linked(names.employee(objectId) ?? rc.t("audit.gone.employee"), `/people/${objectId}`),
	account: (rc, names, { objectId, actorId }) => {
		const name = names.account(objectId);
		if (objectId === actorId) return { text: "" };
		return name ? linked(name, `/accounts/${objectId}`) : { text: rc.t("audit.unknown") };
	},
	kiosk: (rc, names, row) => {
		const name = names.kiosk(row.objectId) ?? named(row);
		if (row.objectId === row.actorId) return { text: "" };
		if (row.objectId === "new" || !name) return { text: name ?? rc.t("audit.gone.kiosk") };
		return linked(name, `/kiosks/${row.objectId}`);
	},
	department: (rc, names, row) => ({
		text: names.department(row.objectId) ?? named(row) ?? rc.t("audit.gone.department"),
	}),
	shift: (rc, names, row) => ({
		text:
			row.objectId === "none"
				? rc.t("shifts.default.none")
				: (names.shift(row.objectId) ?? named(row) ?? rc.t("audit.gone.shift")),
	}),
	punch: (rc, names, { objectId }) => personThen(rc, names.punch(objectId)),
	makeup: (rc, names, { objectId }) => personThen(rc, names.makeup(objectId)),
	report: (rc, _, { objectId }) => ({ text: worded(rc, `audit.report.${objectId}`) }),
	setting: (rc, _, { objectId }) => ({ text: worded(rc, `audit.setting.${objectId}`) }),
	face_net: (_, __, row) => ({ text: named(row) ?? "" }),
	file: NOTHING,
	file_job: NOTHING,
	punch_photo: NOTHING,
	clock: NOTHING,
	box: NOTHING,
	setup: NOTHING,
};

export function objectOf(rc: SignedInContext, names: AuditNames, row: AuditRow): AuditObject {
	const read = Object.hasOwn(READERS, row.objectKind) ? READERS[row.objectKind] : undefined;
	return read ? read(rc, names, row) : { text: `${row.objectKind} ${row.objectId}` };
}

const linked = (text: string, href: string): AuditObject => ({ text, href });

/** The name that the act itself carried. */
function named({ detail }: AuditRow): string | undefined {
	const name = (detail as { readonly name?: unknown }).name;
	return typeof name === "string" && name !== "" ? name : undefined;
}

function personThen(rc: SignedInContext, then: PersonThen | undefined): AuditObject {
	if (!then) return { text: rc.t("audit.gone.punch") };
	const text = `${then.name ?? rc.t("audit.gone.employee")}, ${dayAndTime(then.atMs, rc)}`;
	return then.workDate ? linked(text, `/days/${then.workDate}/${then.employeeId}`) : { text };
}

const worded = (rc: SignedInContext, key: string): string => (isMessageKey(key) ? rc.t(key) : key);
