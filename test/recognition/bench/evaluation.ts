/** The whole evaluation of one net: every scenario over several seeds, before and after, on both halves; figures only. */
import { FACE_API_RECOGNISER, type Recogniser, recogniserTag } from "../../../server/recognition/model.ts";
import type { PhotoDescriber } from "../../../server/recognition/photo-describer.ts";
import { type Rate, sumRates } from "./bounds.ts";
import { CANDIDATES, oldClaim, oldRule } from "./candidates.ts";
import { type Curves, curvesOf } from "./curves.ts";
import { crossValidated, ratesByHalf } from "./halves.ts";
import type { LookedPerson } from "./looked-people.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import {
	type ClaimRates,
	claimRates,
	productClaim,
	productSearch,
	runSearches,
	type Search,
	type SearchRates,
	searchRates,
} from "./searches.ts";
import { drawTrials } from "./trials.ts";

export interface ScenarioFigures {
	readonly scenario: Scenario;
	/** Probe frames the door would refuse, enrolments without a fit photo. */
	readonly fta: Rate;
	readonly fte: Rate;
	/** Everybody; the bounds count each search of each seed. */
	readonly search: SearchRates;
	readonly claims: ClaimRates;
	/** The rules before this bench; of the built-in net only. */
	readonly before?: { readonly search: SearchRates; readonly claims: ClaimRates };
	/** Mean over the seeds of each half of the people. */
	readonly tuning: HalfMeans;
	readonly unseen: HalfMeans;
	readonly curves: Curves;
}

/** Means over seeds of rates on one half, and the worst seed. */
export interface HalfMeans {
	readonly fpir: number;
	readonly fnir: number;
	readonly colleague: number;
	readonly worstFpir: number;
	readonly worstFnir: number;
}

export interface CandidateFigures {
	readonly id: string;
	/** Limits set on one half with a margin, judged on the other. */
	readonly fpir: number;
	readonly fnir: number;
	readonly colleague: number;
}

export interface NetEvaluation {
	readonly net: string;
	readonly scenarios: readonly ScenarioFigures[];
	/** On the scenario `ea-30`. */
	readonly candidates: readonly CandidateFigures[];
}

/** Evaluates the scenarios whose id `wanted` accepts. */
export async function evaluateNet(
	describer: PhotoDescriber,
	people: readonly LookedPerson[],
	seeds: readonly number[],
	wanted: (id: string) => boolean,
	told: (id: string) => void = () => {},
): Promise<NetEvaluation> {
	const scenarios: ScenarioFigures[] = [];
	let candidates: CandidateFigures[] = [];
	for (const scenario of SCENARIOS.filter(({ id }) => wanted(id))) {
		told(scenario.id);
		const { searches, ...rest } = await runScenario(describer, people, scenario, seeds);
		if (searches.length === 0) continue;
		scenarios.push({ scenario, ...rest, ...figuresOf(describer.recogniser, searches, seeds) });
		if (scenario.id === "ea-30") candidates = candidateFigures(searches, seeds);
	}
	return { net: recogniserTag(describer.recogniser), scenarios, candidates };
}

async function runScenario(
	describer: PhotoDescriber,
	people: readonly LookedPerson[],
	scenario: Scenario,
	seeds: readonly number[],
) {
	const marketOf = new Map(people.map((p) => [p.personId, p.market]));
	const searches: Search[] = [];
	const counts = { refused: 0, frames: 0, failed: 0, enrolments: 0 };
	for (const seed of seeds) {
		const drawn = await drawTrials(describer, people, scenario, seed);
		counts.refused += drawn.refusedFrames;
		counts.frames += drawn.frames;
		counts.failed += drawn.failedEnrolments;
		counts.enrolments += drawn.enrolments;
		searches.push(...runSearches(describer.recogniser, drawn.trials, (id) => marketOf.get(id)));
	}
	const rate = (count: number, of: number) => sumRates([{ count, of, rate: 0, low: 0, high: 0 }]);
	return {
		searches,
		fta: rate(counts.refused, counts.frames),
		fte: rate(counts.failed, counts.enrolments),
	};
}

function figuresOf(
	{ modelId, thresholds }: Recogniser,
	searches: readonly Search[],
	seeds: readonly number[],
) {
	const accepts = productSearch(thresholds);
	const halves = seeds.map((seed) => ratesByHalf(searches, accepts, seed));
	const isBuiltIn = modelId === FACE_API_RECOGNISER.modelId;
	return {
		search: searchRates(searches, accepts),
		claims: claimRates(searches, productClaim(thresholds)),
		before: isBuiltIn
			? { search: searchRates(searches, oldRule), claims: claimRates(searches, oldClaim) }
			: undefined,
		tuning: meansOf(halves.map((h) => h.tuning)),
		unseen: meansOf(halves.map((h) => h.unseen)),
		curves: curvesOf(searches, thresholds),
	};
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function meansOf(rates: readonly SearchRates[]): HalfMeans {
	const of = (pick: (r: SearchRates) => Rate) => rates.map((r) => pick(r).rate);
	return {
		fpir: mean(of((r) => r.fpir)),
		fnir: mean(of((r) => r.fnir)),
		colleague: mean(of((r) => r.colleague)),
		worstFpir: Math.max(...of((r) => r.fpir)),
		worstFnir: Math.max(...of((r) => r.fnir)),
	};
}

const candidateFigures = (searches: readonly Search[], seeds: readonly number[]): CandidateFigures[] =>
	CANDIDATES.map(({ id, score }) => {
		const { fpir, fnir, colleague } = crossValidated(searches, score, seeds);
		return { id, fpir: fpir.rate, fnir: fnir.rate, colleague: colleague.rate };
	});
