/**
 * Measures recognition on the site's own people: in the background, one search at a time with rests, so that no punch waits. Keeps the last
 * result, and draws from it the limit that holds wrong names at what the owner allows. New look-alike pairs need a card from then on.
 */
import { doorDaysSince } from "../../db/door-day.ts";
import { employeeById } from "../../db/employee.ts";
import { faceHabitsOf } from "../../db/face-habits.ts";
import { readSetting, writeSetting } from "../../db/setting.ts";
import type { Store, Tx } from "../../db/store.ts";
import { insertLookalike, lookalikePairs } from "../../db/template.ts";
import { conflict, unavailable } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, DAY_MS, type DateText, SECOND_MS } from "../base/units.ts";
import { makeCalibration } from "../recognition/calibration.ts";
import type { CalibrationFigures } from "../recognition/calibration-figures.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import { siteLimitFor, type Traffic } from "../recognition/wrong-names.ts";
import type { By } from "./author.ts";
import type { DoorDays } from "./door-days.ts";
import type { FaceIndex } from "./face-index.ts";
import { type HabitSums, habitsOver, type Strained, strainedOf, trafficOf } from "./face-traffic.ts";
import { sealEvent } from "./sealing.ts";

export interface FaceReportDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly faces: FaceIndex;
	readonly doorDays: Pick<DoorDays, "flush">;
	isFaceOn(): boolean;
	/** Today in the zone of the site. */
	today(): DateText;
	/** Wrong names a year that the owner allows. */
	allowedPerYear(): number;
	readonly onError: (error: unknown) => void;
}

/** What was measured, and when. Ids, counts and shares: no descriptor, no distance of anybody. */
export interface StoredReport {
	readonly atMs: number;
	/** Of the net it was measured with. */
	readonly tag: string;
	readonly figures: CalibrationFigures;
	readonly traffic: Traffic & { readonly days: number; readonly facePunches: number };
	/** People for whom the face often does not do, worst first. */
	readonly strained: readonly Strained[];
}

export interface FaceReport {
	latest(): StoredReport | undefined;
	/** The latest is of another net than the one in force. */
	isOutdated(): boolean;
	progress(): { readonly done: number; readonly total: number } | undefined;
	/** Begins to measure. Fails with `faces.off`, `faces.nobody` or `faces.running`. */
	start(by: By): Result<void>;
	/** Measures when the last result is a week old or of another net. */
	renew(): void;
	/** The limit of the relative distance that keeps wrong names at what is allowed; undefined while the door's own does. */
	siteLimit(): number | undefined;
	/** After the owner changed what is allowed. */
	forgetLimit(): void;
	/** Resolves when nothing is being measured. */
	idle(): Promise<void>;
	stop(): Promise<void>;
}

const SETTING = "face_report";
/** More people say no more about the tails than these, and each costs some searches. */
export const MOST_LOOKED = 400;
const WINDOW_DAYS = 30;
const RENEW_MS = 7 * DAY_MS;
const BOX: By = { actor: { kind: "box", id: "faces" }, address: "local" };

interface Run {
	done: number;
	readonly total: number;
	stopped: boolean;
	ended: Promise<void>;
}

export function makeFaceReport(deps: FaceReportDeps): FaceReport {
	const { store, clock, faces } = deps;
	let run: Run | undefined;
	let limit: { readonly of: Recogniser; readonly value: number | undefined } | undefined;
	const latest = () => readSetting<StoredReport>(store, SETTING);
	const isOutdated = () => latest()?.tag !== recogniserTag(faces.recogniser);
	const start = (by: By): Result<void> => {
		if (run) return fail(conflict("faces.running"));
		if (!deps.isFaceOn()) return fail(unavailable("faces.off"));
		if (faces.people < 2) return fail(conflict("faces.nobody"));
		const ids = spread(faces.gallery.personIds(), MOST_LOOKED);
		const mine: Run = { done: 0, total: ids.length, stopped: false, ended: Promise.resolve() };
		run = mine;
		mine.ended = work(deps, mine, ids, by)
			.catch(deps.onError)
			.finally(() => {
				run = undefined;
				limit = undefined;
			});
		return ok(undefined);
	};
	return {
		latest,
		isOutdated,
		progress: () => run && { done: run.done, total: run.total },
		start,
		renew() {
			const last = latest();
			if (!last || isOutdated() || clock.nowMs() - last.atMs > RENEW_MS) start(BOX);
		},
		siteLimit() {
			// Distances of one net are no limit for another, so a change of the net reckons anew.
			if (limit?.of !== faces.recogniser)
				limit = { of: faces.recogniser, value: limitOf(deps, isOutdated() ? undefined : latest()) };
			return limit.value;
		},
		forgetLimit() {
			limit = undefined;
		},
		idle: async () => run?.ended,
		async stop() {
			if (run) run.stopped = true;
			await run?.ended;
		},
	};
}

const limitOf = ({ allowedPerYear }: FaceReportDeps, report: StoredReport | undefined) =>
	report && siteLimitFor(report.figures, report.traffic, allowedPerYear());

/** At most `most` of them, evenly over the list. */
function spread(ids: readonly string[], most: number): string[] {
	if (ids.length <= most) return [...ids];
	return Array.from({ length: most }, (_, i) => ids[Math.floor((i * ids.length) / most)]!);
}

async function work(deps: FaceReportDeps, run: Run, ids: readonly string[], by: By): Promise<void> {
	const { faces, store, clock, doorDays } = deps;
	const { recogniser, gallery } = faces;
	const calibration = makeCalibration(recogniser, gallery);
	for (const id of ids) {
		for (const _ of calibration.look(id)) await rest(clock);
		if (run.stopped || faces.gallery !== gallery) break;
		run.done++;
	}
	const figures = calibration.figures();
	// Stopped, or another net was put in force meanwhile: half a measurement says nothing.
	if (run.done < run.total) return;
	await doorDays.flush();
	const window = await collectHabits(deps);
	const atMs = clock.nowMs();
	const from = dayBefore(deps.today(), WINDOW_DAYS - 1);
	const traffic = trafficOf(window, doorDaysSince(store, from));
	const strained = strainedOf(window.people, figures);
	const report: StoredReport = { atMs, tag: recogniserTag(recogniser), figures, traffic, strained };
	await store.commit((tx) => {
		writeSetting(tx, SETTING, report, atMs);
		writePairs(tx, report, by);
	});
	faces.refreshPairs();
}

/** Rests as long as the last step took: at most half of the time is used, and every punch gets in between two searches. */
const rest = ((): ((clock: Clock) => Promise<void>) => {
	let sinceMs = 0;
	return async (clock) => {
		const tookMs = Math.min(SECOND_MS, Math.max(0, clock.monoMs() - sinceMs));
		await Bun.sleep(tookMs);
		sinceMs = clock.monoMs();
	};
})();

const dayBefore = (day: DateText, days: number): DateText =>
	new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** One day at a time: a month of a large site in one query would hold up punches. */
async function collectHabits({ store, today }: FaceReportDeps): Promise<HabitSums> {
	const days: { day: DateText; habits: ReturnType<typeof faceHabitsOf> }[] = [];
	for (let back = WINDOW_DAYS - 1; back >= 0; back--) {
		await Bun.sleep(0);
		const day = dayBefore(today(), back);
		days.push({ day, habits: faceHabitsOf(store, day) });
	}
	return habitsOver(days);
}

/** Pairs not known yet; sealed, because both need a card from now on. */
function writePairs(tx: Tx, { figures, atMs }: StoredReport, by: By): void {
	const known = new Set(lookalikePairs(tx).map((pair) => `${pair.firstId}|${pair.secondId}`));
	const fresh = figures.pairs.filter(
		([one, other]) => !known.has(`${one}|${other}`) && employeeById(tx, one) && employeeById(tx, other),
	);
	for (const [one, other] of fresh) insertLookalike(tx, one, other, atMs);
	if (fresh.length === 0) return;
	const detail = { alike: [...new Set(fresh.flat())] };
	const on = { objectKind: "report", objectId: "faces", detail, nowMs: atMs };
	sealEvent(tx, { type: "setting", action: "faces.pairs", ...on, ...by });
}
