/** The large numbers of the board; each one filters the people below. */
import { BOARD_VIEWS, type BoardCounts, type BoardView } from "../../db/board.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Icon, type IconName } from "../frame/icons.tsx";
import { liveLink } from "../frame/live-link.ts";
import { type BoardQuery, boardHref } from "./board-query.ts";

export const TILES = "board-tiles";
/** Everything of the board that a filter changes. */
export const BOARD = "board";

const ICONS: Readonly<Record<BoardView, IconName>> = {
	in: "ok",
	out: "out",
	missing: "bad",
	late: "wait",
	doubtful: "warn",
	expected: "days",
	off: "sun",
};

export interface TilesProps {
	readonly rc: SignedInContext;
	readonly query: BoardQuery;
	readonly counts: BoardCounts;
}

export const Tiles = ({ rc, query, counts }: TilesProps) => (
	<nav id={TILES} class="tiles" aria-label={rc.t("board.tiles")}>
		{BOARD_VIEWS.map((view) => {
			const isOn = query.view === view;
			const href = boardHref({ ...query, view: isOn ? "" : view, page: 1 });
			return (
				<a
					key={view}
					class={`tile ${view}${counts[view] === 0 ? " none" : ""}`}
					aria-current={isOn ? "true" : undefined}
					{...liveLink(href, BOARD)}
				>
					<span class="tile-label">
						<Icon name={ICONS[view]} />
						{rc.t(`board.view.${view}`)}
					</span>
					<strong class="tile-number tabular">{counts[view]}</strong>
				</a>
			);
		})}
	</nav>
);
