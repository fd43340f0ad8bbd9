/** The figures reached, kept in `floor.json`: later ones may be better, never worse. Figures only, nothing of the photos. */
import { join } from "node:path";
import type { NetEvaluation, ScenarioFigures } from "./evaluation.ts";

export const FLOOR_FILE = join(import.meta.dir, "floor.json");

export interface FloorFigures {
	readonly fpir: number;
	readonly fnir: number;
	readonly colleague: number;
	readonly fmr: number;
	readonly fnmr: number;
}

/** By net, then by scenario; seeds and photos must be the ones it was made with. */
export interface Floor {
	readonly seeds: readonly number[];
	/** Photos of the folder: with others the figures do not compare. */
	readonly photos: number;
	readonly nets: Readonly<Record<string, Readonly<Record<string, FloorFigures>>>>;
}

export const floorFigures = ({ unseen, claims }: ScenarioFigures): FloorFigures => ({
	fpir: round(unseen.fpir),
	fnir: round(unseen.fnir),
	colleague: round(unseen.colleague),
	fmr: round(claims.fmr.rate),
	fnmr: round(claims.fnmr.rate),
});

const round = (rate: number): number => Math.round(rate * 1e5) / 1e5;

/** Rounding of another processor may move one search across a limit; a search in a thousand is no step back. */
const SLACK = 0.001;

/** One line per figure that has become worse. Scenarios that are on one side only are passed over. */
export function worseThanFloor(floor: Floor, evaluations: readonly NetEvaluation[]): string[] {
	return evaluations.flatMap(({ net, scenarios }) =>
		scenarios.flatMap((figures) => {
			const before = floor.nets[net]?.[figures.scenario.id];
			if (!before) return [];
			const now = floorFigures(figures);
			return (Object.keys(before) as (keyof FloorFigures)[])
				.filter((name) => now[name] > before[name] + SLACK)
				.map((name) => `${net} ${figures.scenario.id}: ${name} ${now[name]}, was ${before[name]}`);
		}),
	);
}

/** The floor with every figure at the better of old and new; an evaluation with other seeds or photos starts afresh. */
export function raisedFloor(
	floor: Floor | undefined,
	evaluations: readonly NetEvaluation[],
	seeds: readonly number[],
	photos: number,
): Floor {
	const same = floor && floor.photos === photos && floor.seeds.join() === seeds.join();
	const nets: Record<string, Record<string, FloorFigures>> = {};
	for (const [net, scenarios] of Object.entries(same ? floor.nets : {})) nets[net] = { ...scenarios };
	for (const { net, scenarios } of evaluations)
		for (const figures of scenarios) {
			nets[net] ??= {};
			nets[net][figures.scenario.id] = better(nets[net][figures.scenario.id], floorFigures(figures));
		}
	return { seeds, photos, nets };
}

const better = (old: FloorFigures | undefined, now: FloorFigures): FloorFigures =>
	old
		? {
				fpir: Math.min(old.fpir, now.fpir),
				fnir: Math.min(old.fnir, now.fnir),
				colleague: Math.min(old.colleague, now.colleague),
				fmr: Math.min(old.fmr, now.fmr),
				fnmr: Math.min(old.fnmr, now.fnmr),
			}
		: now;
