/** Keeps a demo shop alive: every few seconds one of its people does what the hour asks for: comes, goes home, steps out, comes back. */
import type { BoardRow } from "../../db/board.ts";
import { listBoard } from "../../db/board.ts";
import { localDate, localMinute, SECOND_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";
import { recordPunch } from "../services/record-punch.ts";
import { castRoles, type DemoRole } from "./cast.ts";
import { demoPeople, demoPunch } from "./up-to-date.ts";

type TrickleServices = Pick<Services, "store" | "clock" | "bus" | "zone">;

const EVERY_MS = 9 * SECOND_MS;
/** A small team does not run in and out all the time: with fewer people than this the turns are rarer. */
const LIVELY_TEAM = 8;
/** Of those at work this share stays in. */
const STAYS_IN_RATIO = 0.8;
/** People come at most this early. */
const EARLY_MIN = 18;

/** Starts the trickle; returns the function that stops it. */
export function startTrickle(services: TrickleServices & Pick<Services, "onError">): () => void {
	const timer = setInterval(() => void punchNext(services, Math.random).catch(services.onError), EVERY_MS);
	return () => clearInterval(timer);
}

/** One turn: at most one punch. `dice` gives 0…1. */
export async function punchNext(services: TrickleServices, dice: () => number): Promise<void> {
	const { store, clock, bus, zone } = services;
	const nowMs = clock.nowMs();
	const now = { today: localDate(nowMs, zone()), minute: localMinute(nowMs, zone()) };
	const roles = castRoles(demoPeople(services));
	const { rows } = listBoard(store, { ...now, page: 0, pageSize: 1_000 });
	const next = nextOf(
		rows.map((row) => ({ row, minute: ownMinute(row, now), role: roles.get(row.id) ?? "usual" })),
		dice,
	);
	if (!next) return;
	const { row, role } = next;
	const doubts = role === "doubtful" && row.sinceMs === null ? ["face_doubtful"] : [];
	const plan = {
		employeeId: row.id,
		atMs: nowMs,
		direction: "auto" as const,
		method: "face" as const,
		doubts,
	};
	const { punch } = await store.commit((tx) => recordPunch(tx, demoPunch(plan, zone(), nowMs)));
	bus.emit("punch", { punchId: punch.id, employeeId: punch.employeeId, workDate: punch.workDate });
}

interface Player {
	readonly row: BoardRow;
	/** Minutes since midnight of the person's work date. */
	readonly minute: number;
	readonly role: DemoRole;
}

const ownMinute = ({ workDate }: BoardRow, { today, minute }: { today: string; minute: number }): number =>
	minute + 1440 * Temporal.PlainDate.from(workDate).until(Temporal.PlainDate.from(today)).days;

/** Those who are due to come or to go first; else somebody at work steps out or comes back. */
function nextOf(players: readonly Player[], dice: () => number): Player | undefined {
	const pick = (from: readonly Player[]) => from[Math.floor(dice() * from.length)];
	const due = players.filter((one) => isDueIn(one) || isDueOut(one));
	if (due.length > 0) return pick(due);
	const team = players.filter((one) => isAtWork(one) && one.row.sinceMs !== null);
	if (dice() * LIVELY_TEAM > team.length) return undefined;
	const inside = team.filter(({ row }) => row.state === "in");
	const isFull = inside.length > team.length * STAYS_IN_RATIO;
	return pick(isFull ? inside : team.filter(({ row }) => row.state === "out"));
}

const isAtWork = ({ row, minute }: Player): boolean =>
	row.startMin !== null && row.endMin !== null && minute >= row.startMin && minute < row.endMin;

/** Latecomers come after the longest grace of the shop's shifts. */
const LATE_MIN = 13;

function isDueIn({ row, minute, role }: Player): boolean {
	if (row.sinceMs !== null || row.startMin === null || row.endMin === null || role === "missing")
		return false;
	if (row.state !== "expected" && row.state !== "missing") return false;
	const from = role === "late" ? row.startMin + LATE_MIN : row.startMin - EARLY_MIN;
	return minute >= from && minute < row.endMin;
}

const isDueOut = ({ row, minute }: Player): boolean =>
	row.state === "in" && row.endMin !== null && minute > row.endMin + 2;
