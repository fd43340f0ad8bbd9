/** What waits for the viewer: each line one tap away from doing it. Lines the viewer may not act on do not show. */
import { clockEvents, unsettledClockMs } from "../../db/clock.ts";
import { countNeeds } from "../../db/needs.ts";
import type { Db } from "../../db/store.ts";
import { MINUTE_MS } from "../../server/base/units.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { scopeOf } from "../../server/web/scope.ts";
import { Icon, type IconName } from "../frame/icons.tsx";
import { type AlarmLine, AlarmLines } from "./alarm-lines.tsx";
import { NEEDS } from "./board-query.ts";

/** Kiosks say hello every 20 s; three missed ones are no accident. */
export const SILENT_MS = MINUTE_MS;

export interface Need {
	readonly key: MessageKey;
	readonly count: number;
	/** Absent for viewers who may only know. */
	readonly href?: string;
	readonly icon: IconName;
	readonly urgent?: true;
}

export interface NeedsDeps {
	readonly db: Db;
	readonly disk: { mayKeepPhotos(): boolean };
}

/** The open points of the viewer, most urgent first. A full disk is told to everybody: anyone may know who can help. */
export function needsOf({ db, disk }: NeedsDeps, rc: SignedInContext, nowMs: number): Need[] {
	const needs = countNeeds(db, nowMs - SILENT_MS, scopeOf(rc.viewer));
	const jumped =
		unsettledClockMs(db) !== 0 ? clockEvents(db, 20).filter((event) => event.settledMs === null) : [];
	const mayOpen = (href: string) => mayUse(rc.viewer.role, "GET", href.replace(/#.*/, ""));
	const full: Need = {
		...{ key: "board.need.disk", count: 1, icon: "warn", urgent: true },
		...(mayOpen("/setup/ready") && { href: "/setup/ready" }),
	};
	const all: (Need & { readonly href: string })[] = [
		{ key: "board.need.clock", count: jumped.length, href: "/settings#clock", icon: "wait", urgent: true },
		{ key: "board.need.silent", count: needs.silentKiosks, href: "/kiosks", icon: "kiosk", urgent: true },
		{ key: "board.need.blind", count: needs.blindKiosks, href: "/kiosks", icon: "camera", urgent: true },
		{ key: "board.need.doubts", count: needs.openDoubts, href: "/doubts", icon: "warn" },
		{ key: "board.need.makeups", count: needs.openMakeups, href: "/makeups", icon: "request" },
		{ key: "board.need.enrolments", count: needs.pendingEnrolments, href: "/enrolments", icon: "face" },
		{ key: "board.need.kiosks", count: needs.pendingKiosks, href: "/kiosks", icon: "kiosk" },
	];
	const open = all.filter(({ count, href }) => count > 0 && mayOpen(href));
	return disk.mayKeepPhotos() ? open : [full, ...open];
}

export interface NeedsCardProps {
	readonly rc: SignedInContext;
	readonly needs: readonly Need[];
	readonly alarms: readonly AlarmLine[];
}

export const NeedsCard = ({ rc, needs, alarms }: NeedsCardProps) => (
	<aside id={NEEDS} class="needs card" aria-label={rc.t("board.needs")}>
		<h2>{rc.t("board.needs")}</h2>
		{needs.length + alarms.length === 0 ? (
			<p class="needs-none">
				<Icon name="ok" />
				{rc.t("board.needs.none")}
			</p>
		) : (
			<ul>
				<AlarmLines rc={rc} alarms={alarms} />
				{needs.map((need) => (
					<li key={need.key}>
						<a class={need.urgent ? "need urgent" : "need"} href={need.href}>
							<Icon name={need.icon} />
							<span>{rc.t(need.key, { count: need.count })}</span>
							{need.href && <Icon name="next" />}
						</a>
					</li>
				))}
			</ul>
		)}
	</aside>
);
