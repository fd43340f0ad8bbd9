/** Alarms on the board: what was refused where, how often and when, what to do about it, and a button once it was seen. */
import { ALARM_KINDS, type AlarmKey, type AlarmKind, type AlarmRow } from "../../db/alarm.ts";
import { employeeById } from "../../db/employee.ts";
import { kioskById } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import { HOUR_MS } from "../../server/base/units.ts";
import { openAlarms } from "../../server/services/alarms.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime } from "../../server/web/format.ts";
import { oneOf, text } from "../../server/web/forms.ts";
import { Icon, type IconName } from "../frame/icons.tsx";
import { NEEDS } from "./board-query.ts";

export interface AlarmLine extends AlarmKey {
	readonly text: string;
	/** What to do next. */
	readonly next: string;
	readonly href: string;
}

export const SEEN_FORM = {
	kind: oneOf(ALARM_KINDS),
	kioskId: text({ min: 0, max: 64 }),
	employeeId: text({ min: 0, max: 64 }),
};

/** Longer lists are a flood; the audit holds every kind and device. */
const MOST_SHOWN = 12;

const ICONS: Readonly<Record<AlarmKind, IconName>> = {
	copied_key: "key",
	forged: "shield",
	replayed: "shield",
	stranger: "shield",
	pin_locked: "lock",
	wrong_pin: "pin",
	unknown_card: "card",
	unknown_face: "face",
};

/** For those who look after the doors; a manager is shown none, since a door belongs to no department. */
export function alarmsOf(db: Db, rc: SignedInContext, nowMs: number): AlarmLine[] {
	if (!mayUse(rc.viewer.role, "GET", "/kiosks")) return [];
	const rows = openAlarms(db, nowMs).slice(0, MOST_SHOWN);
	return rows.map((row) => ({ ...row, ...wordsOf(db, rc, row, nowMs), href: hrefOf(row) }));
}

function wordsOf(db: Db, rc: SignedInContext, row: AlarmRow, nowMs: number) {
	const door = kioskById(db, row.kioskId)?.name ?? rc.t("board.alarm.unpaired");
	const name = (row.employeeId && employeeById(db, row.employeeId)?.name) || rc.t("board.alarm.somebody");
	const address = row.address || rc.t("board.alarm.no_address");
	const vars = { tries: row.tries, door, name, address, when: whenOf(rc, row, nowMs) };
	return { text: rc.t(`board.alarm.text.${row.kind}`, vars), next: rc.t(`board.alarm.next.${row.kind}`) };
}

function whenOf(rc: SignedInContext, { firstMs, lastMs }: AlarmRow, nowMs: number): string {
	if (nowMs - firstMs <= HOUR_MS) return rc.t("board.alarm.hour");
	const [from, to] = [clockTime(firstMs, rc), clockTime(lastMs, rc)];
	return from === to ? rc.t("board.alarm.at", { to }) : rc.t("board.alarm.between", { from, to });
}

function hrefOf({ kind, kioskId, employeeId }: AlarmRow): string {
	if (kind === "pin_locked") return `/people/${employeeId}`;
	return kioskId ? `/kiosks/${kioskId}` : "/kiosks";
}

interface AlarmLinesProps {
	readonly rc: SignedInContext;
	readonly alarms: readonly AlarmLine[];
}

export const AlarmLines = ({ rc, alarms }: AlarmLinesProps) => (
	<>
		{alarms.map((alarm) => (
			<li key={`${alarm.kind}|${alarm.kioskId}|${alarm.employeeId}`} class="alarm">
				<a class="need urgent" href={alarm.href}>
					<Icon name={ICONS[alarm.kind]} />
					<span>
						{alarm.text}
						<small>{alarm.next}</small>
					</span>
					<Icon name="next" />
				</a>
				{mayUse(rc.viewer.role, "POST", "/board/alarms/seen") && <Seen rc={rc} alarm={alarm} />}
			</li>
		))}
	</>
);

const Seen = ({ rc, alarm }: { readonly rc: SignedInContext; readonly alarm: AlarmLine }) => (
	<form
		method="post"
		action="/board/alarms/seen"
		hx-post="/board/alarms/seen"
		hx-target={`#${NEEDS}`}
		hx-swap="outerHTML"
	>
		<input type="hidden" name="kind" value={alarm.kind} />
		<input type="hidden" name="kioskId" value={alarm.kioskId} />
		<input type="hidden" name="employeeId" value={alarm.employeeId} />
		<button type="submit" class="quiet" aria-label={rc.t("board.alarm.seen_label", { text: alarm.text })}>
			<Icon name="check" />
			{rc.t("board.alarm.seen")}
		</button>
	</form>
);
