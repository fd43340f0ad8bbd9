/** Sums up what a calibration saw: counts, both errors over the limit, who stands out. Pure. */
import { crowdRuleFor } from "./crowd.ts";
import type { Recogniser } from "./model.ts";
import { type Tail, tailOf } from "./tail.ts";

export interface CalibrationFigures {
	/** People in the gallery, and those looked at. */
	readonly people: number;
	readonly looked: number;
	/** Counts of photo pairs per step of `stepSize`; the last step holds everything beyond. */
	readonly ownPairs: readonly number[];
	readonly otherPairs: readonly number[];
	readonly stepSize: number;
	/** Photos held back and looked for among the others of their person, and what the door would have said. Look-alikes are left out: they need a card anyway. */
	readonly tries: number;
	readonly recognised: number;
	readonly mistaken: number;
	/** Somebody else was nearer than the person's other photos, accepted or not. */
	readonly beaten: number;
	/** Photos looked for without their person, and how many the door would have let in under another name. */
	readonly strangers: number;
	readonly letIn: number;
	/** The door's limit of the relative distance at this size. */
	readonly limit: number;
	readonly curve: readonly CurvePoint[];
	/** Of the strangers' relative distances. */
	readonly tail?: Tail;
	/** Pairs nearer than the net's limit for look-alikes, each once. */
	readonly pairs: readonly (readonly [string, string])[];
	/** People whose own photos the door would not take for them, worst first. */
	readonly struggling: readonly { readonly id: string; readonly tries: number; readonly passed: number }[];
}

/** Both errors, were the limit of the relative distance here. */
export interface CurvePoint {
	readonly limit: number;
	/** Share of strangers let in under another name. */
	readonly letIn: number;
	/** Share of own photos for which card or PIN would be asked. */
	readonly asked: number;
}

export const HISTOGRAM_STEPS = 30;
const CURVE_STEPS = 24;
/** The curve shows this part of the largest accepted distance below and above the limit; most own photos lie below. */
const CURVE_BELOW = 0.8;
const CURVE_ABOVE = 0.3;
const MOST_STRUGGLING = 20;

/** One photo that came to the door. */
export interface Tried {
	/** Whose photo it is, and the person who was nearest. */
	readonly id: string;
	readonly nearestId: string;
	readonly relative: number;
	/** Near enough and the right one to pass at some limit of the relative distance. */
	readonly canPass: boolean;
	/** The name the door would have said. */
	readonly named?: string;
}

/** Everything that was seen. */
export interface Seen {
	looked: number;
	readonly own: Tried[];
	readonly strangers: Tried[];
	readonly pairs: Map<string, readonly [string, string]>;
	readonly ownPairs: number[];
	readonly otherPairs: number[];
}

export const nothingSeen = (): Seen => ({
	looked: 0,
	...{ own: [], strangers: [], pairs: new Map() },
	ownPairs: new Array<number>(HISTOGRAM_STEPS).fill(0),
	otherPairs: new Array<number>(HISTOGRAM_STEPS).fill(0),
});

/** Two people who look alike, in an order of its own so that each pair is noted once. */
export function notePair({ pairs }: Pick<Seen, "pairs">, one: string, other: string): void {
	const pair = one < other ? ([one, other] as const) : ([other, one] as const);
	pairs.set(pair.join("|"), pair);
}

export function figuresOf(
	recogniser: Recogniser,
	people: number,
	stepSize: number,
	seen: Seen,
): CalibrationFigures {
	const { crowd, accept } = recogniser.thresholds;
	const limit = crowdRuleFor(crowd, people)?.searchLimit ?? 0;
	const alike = new Set([...seen.pairs.values()].flat());
	const alone = ({ id, nearestId }: Tried) => !alike.has(id) && !alike.has(nearestId);
	const [own, strangers] = [seen.own.filter(alone), seen.strangers.filter(alone)];
	const recognised = own.filter((one) => one.named === one.id).length;
	const mistaken = own.filter((one) => one.named !== undefined && one.named !== one.id).length;
	return {
		...{ people, looked: seen.looked, ownPairs: seen.ownPairs, otherPairs: seen.otherPairs, stepSize },
		...{ tries: own.length, recognised, mistaken, limit },
		beaten: own.filter((one) => one.nearestId !== one.id).length,
		strangers: strangers.length,
		letIn: strangers.filter((one) => one.named !== undefined).length,
		curve: curveOf(own, strangers, limit, accept.value),
		tail: tailOf(strangers.map((one) => one.relative)),
		pairs: [...seen.pairs.values()],
		struggling: strugglingOf(own),
	};
}

function curveOf(
	own: readonly Tried[],
	strangers: readonly Tried[],
	limit: number,
	accept: number,
): CurvePoint[] {
	const shareOf = (all: readonly Tried[], at: number) =>
		all.filter((one) => one.canPass && one.relative <= at).length / Math.max(1, all.length);
	const [from, to] = [limit - CURVE_BELOW * accept, limit + CURVE_ABOVE * accept];
	return Array.from({ length: CURVE_STEPS + 1 }, (_, i) => {
		const at = from + ((to - from) * i) / CURVE_STEPS;
		return { limit: at, letIn: shareOf(strangers, at), asked: 1 - shareOf(own, at) };
	});
}

function strugglingOf(own: readonly Tried[]): CalibrationFigures["struggling"] {
	const people = new Map<string, { id: string; tries: number; passed: number }>();
	for (const { id, named } of own) {
		const sum = people.get(id) ?? { id, tries: 0, passed: 0 };
		sum.tries++;
		if (named === id) sum.passed++;
		people.set(id, sum);
	}
	return [...people.values()]
		.filter(({ tries, passed }) => passed < tries)
		.sort((a, b) => a.passed / a.tries - b.passed / b.tries || b.tries - a.tries)
		.slice(0, MOST_STRUGGLING);
}
