/** One value of an audited act as people read it: names for ids, words for codes, times in the zone of the site. */
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime, longDate, minuteText } from "../../server/web/format.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import { daysText } from "../shifts/shift-text.ts";
import type { AuditNames } from "./audit-names.ts";

/** Where the words of a field's codes stand; the first key that exists is taken. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
	channel: ["audit.value."],
	code: ["kiosk.auth."],
	direction: ["kiosks.direction."],
	factor: ["audit.value."],
	from: ["app.role."],
	goal: ["audit.value."],
	how: ["punches.method.", "audit.value."],
	kind: ["audit.alarm."],
	lang: ["app.language."],
	method: ["punches.method.", "audit.value."],
	name: ["audit.value."],
	passing: ["audit.value."],
	preset: ["setup.face.law."],
	reason: ["makeups.reason.", "audit.value."],
	role: ["app.role."],
	state: ["audit.value."],
	step: ["audit.value."],
	to: ["app.role."],
	turn: ["settings.turn."],
	view: ["board.view."],
	why: ["kiosk.refused.", "audit.value."],
};

type Naming = (names: AuditNames, id: string) => string | undefined;
const NAMES: Readonly<Record<string, Naming>> = {
	alike: (names, id) => names.employee(id),
	departmentId: (names, id) => names.department(id),
	departments: (names, id) => names.department(id),
	emp: (names, id) => names.employee(id),
	employee: (names, id) => names.employee(id),
	excusedBy: (names, id) => names.account(id),
	parentId: (names, id) => names.department(id),
	sameAs: (names, id) => names.employee(id),
	shiftId: (names, id) => names.shift(id),
};

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** The name of a field; one without a name is shown as it is stored, which the tests do not let happen. */
export function fieldLabel(rc: SignedInContext, field: string): string {
	const key = `audit.field.${field}`;
	return isMessageKey(key) ? rc.t(key) : field;
}

export function valueText(rc: SignedInContext, names: AuditNames, field: string, value: unknown): string {
	if (value === null || value === undefined || value === "") return rc.t("audit.value.none");
	if (typeof value === "boolean") return rc.t(value ? "audit.value.yes" : "audit.value.no");
	if (Array.isArray(value))
		return value.length === 0
			? rc.t("audit.value.none")
			: value.map((one) => valueText(rc, names, field, one)).join(rc.lang === "zh-CN" ? "\u3001" : ", ");
	if (typeof value === "number") return numberText(rc, field, value);
	return typeof value === "string" ? textOf(rc, names, field, value) : JSON.stringify(value);
}

function numberText(rc: SignedInContext, field: string, value: number): string {
	if (field === "startMin" || field === "endMin") return minuteText(value);
	return field === "weekdays" ? daysText(rc, value) : String(value);
}

function textOf(rc: SignedInContext, names: AuditNames, field: string, value: string): string {
	const naming = Object.hasOwn(NAMES, field) ? NAMES[field] : undefined;
	if (naming) return naming(names, value) ?? rc.t("audit.value.gone");
	if (INSTANT.test(value)) return dayAndTime(Date.parse(value), rc);
	if (DATE.test(value)) return longDate(value, rc.lang);
	const prefixes = Object.hasOwn(WORDS, field) ? WORDS[field] : undefined;
	const key = prefixes?.map((prefix) => prefix + value).find(isMessageKey);
	return key ? rc.t(key) : value;
}
