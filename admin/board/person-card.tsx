/** One person on the board: where they are, since when, by what means, and what is unusual. */
import type { BoardRow, BoardState } from "../../db/board.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { clockTime, minuteText } from "../../server/web/format.ts";
import { durationText } from "../days/durations.ts";
import { METHOD_ICONS } from "../days/punch-words.ts";
import { Avatar } from "../frame/avatar.tsx";
import { Badge, type Tone } from "../frame/badge.tsx";
import { Icon, type IconName } from "../frame/icons.tsx";

const TONES: Readonly<Record<BoardState, Tone>> = {
	in: "ok",
	out: "quiet",
	missing: "bad",
	expected: "wait",
	off: "quiet",
};
const ICONS: Readonly<Partial<Record<BoardState, IconName>>> = { out: "out" };

/** Of the card, so that the live stream finds it. */
export const cardId = (employeeId: string): string => `person-${employeeId}`;

export interface PersonCardProps {
	readonly rc: SignedInContext;
	readonly row: BoardRow;
}

export const PersonCard = ({ rc, row }: PersonCardProps) => (
	<li id={cardId(row.id)} class={`person-card ${row.state}`}>
		<a href={`/days/${row.workDate}/${row.id}`}>
			<Avatar name={row.name} seed={row.id} />
			<span class="person-card-text">
				<span class="person-name">{row.name}</span>
				<small class="muted">{[row.department, row.number].filter(Boolean).join(" · ")}</small>
			</span>
			<Standing rc={rc} row={row} />
		</a>
	</li>
);

/** Whoever has the day off needs no more than a word. */
const Standing = ({ rc, row }: PersonCardProps) =>
	row.state === "off" ? (
		<small class="person-card-off">{stateText(rc, row)}</small>
	) : (
		<>
			<span class="person-card-chips">
				<Badge tone={TONES[row.state]} icon={ICONS[row.state]}>
					{stateText(rc, row)}
				</Badge>
				{row.lateMin > 0 && (
					<Badge tone="warn">{rc.t("board.late", { time: durationText(rc, row.lateMin) })}</Badge>
				)}
				{row.earlyMin > 0 && (
					<Badge tone="warn">{rc.t("board.early", { time: durationText(rc, row.earlyMin) })}</Badge>
				)}
				{row.doubtful === 1 && <Badge tone="warn">{rc.t("board.doubtful")}</Badge>}
			</span>
			<Means rc={rc} row={row} />
		</>
	);

function stateText(rc: SignedInContext, row: BoardRow): string {
	const { state, sinceMs, startMin } = row;
	if (sinceMs !== null && (state === "in" || state === "out"))
		return rc.t(`board.state.${state}_since`, { time: clockTime(sinceMs, rc) });
	if (state === "expected" && startMin !== null)
		return rc.t("board.state.expected_at", { time: minuteText(startMin) });
	if (state === "missing" && startMin !== null)
		return rc.t("board.state.missing_since", { time: minuteText(startMin) });
	return rc.t(`board.state.${state}`);
}

function Means({ rc, row }: PersonCardProps) {
	if (!row.method)
		return <small class="person-card-means muted">{row.shiftName ?? rc.t("board.no_shift")}</small>;
	return (
		<small class="person-card-means muted">
			<Icon name={METHOD_ICONS[row.method]} />
			{[rc.t(`punches.method.${row.method}`), row.place].filter(Boolean).join(" · ")}
		</small>
	);
}
