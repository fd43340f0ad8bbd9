/**
 * How many wrong names a year a site must expect, from its own gallery and its own traffic, and which limit keeps them below what the owner
 * allows. An extrapolation of measured tails, never a promise; with too little to go by it says so.
 */
import type { CalibrationFigures } from "./calibration-figures.ts";
import { limitForShare, shareBelow } from "./tail.ts";

/** Of one year. */
export interface Traffic {
	/** Searches by faces of the staff. */
	readonly staffSearches: number;
	/** Searches by faces the box did not know. */
	readonly strangerSearches: number;
}

export interface WrongNames {
	readonly perYear: number;
	/** What stays possible with 95 % confidence. */
	readonly mostPerYear: number;
}

/** Below this many people the distances of strangers say more about the few than about faces. */
export const LEAST_PEOPLE = 10;

/**
 * Somebody of the staff gets another name only when another person is nearer than their own photos; none seen counts as half a time. A
 * stranger needs no more than to pass the limit.
 */
const exposures = ({ beaten, tries }: CalibrationFigures, traffic: Traffic): number =>
	traffic.strangerSearches + traffic.staffSearches * Math.min(1, Math.max(0.5, beaten) / Math.max(1, tries));

/** Undefined when people or photos are too few to say anything. */
export function predictWrongNames(
	figures: CalibrationFigures,
	traffic: Traffic,
	limit = figures.limit,
): WrongNames | undefined {
	if (!figures.tail || figures.people < LEAST_PEOPLE || figures.tries === 0) return undefined;
	const { likely, most } = shareBelow(figures.tail, limit);
	const count = exposures(figures, traffic);
	return { perYear: count * likely, mostPerYear: count * most };
}

/** The limit below the door's own that keeps wrong names at `allowedPerYear`; undefined when the door's own does, or nothing can be said. */
export function siteLimitFor(
	figures: CalibrationFigures,
	traffic: Traffic,
	allowedPerYear: number,
): number | undefined {
	const expected = predictWrongNames(figures, traffic);
	if (!expected || !figures.tail || expected.perYear <= allowedPerYear) return undefined;
	return limitForShare(figures.tail, allowedPerYear / exposures(figures, traffic));
}

/** Of a hundred punches of the staff, how many would be asked for a card with the limit here. */
export function askedInHundred({ curve }: CalibrationFigures, limit: number): number {
	const nearest = curve.reduce((best, point) =>
		Math.abs(point.limit - limit) < Math.abs(best.limit - limit) ? point : best,
	);
	return Math.round(100 * nearest.asked);
}
