/**
 * Distances judged against the crowd. How far apart two faces lie depends on the people: among East-Asian faces the built-in net's
 * strangers are nearer than another group's colleagues. The site's own gallery tells: how near the probe is to other people, and how
 * near the person is to other people. Both are taken off the distance (adaptive symmetric score normalisation, with differences
 * instead of deviations, which are too unsteady among a few dozen people). Knows numbers only.
 */

/** What holds in galleries of at least `fromPeople`. */
export interface CrowdRule {
	readonly fromPeople: number;
	/** How many of the nearest others are averaged; at most `MOST_NEIGHBOURS`. */
	readonly neighbours: number;
	/** Share of each of the two averages that is taken off; 0 judges the bare distance. */
	readonly weight: number;
	/** 1:N: accept a relative distance at or below. */
	readonly searchLimit: number;
	/** 1:1 after card or PIN: the same. */
	readonly claimLimit: number;
	/** The measurement both limits rest on. */
	readonly source: string;
}

/** Galleries hand out this many distances to others; rules ask for at most as many. */
export const MOST_NEIGHBOURS = 5;

/** A person's distance with its crowd. */
export interface Crowded {
	readonly distance: number;
	/** Distances of the probe to the nearest other people, ascending. */
	readonly others: readonly number[];
	/** Distances of the person's mean template to the nearest other people's, ascending. */
	readonly surroundings: readonly number[];
}

/** The rule for a gallery of `people`: the one with the largest `fromPeople` that fits; undefined when even the first asks for more. */
export function crowdRuleFor(rules: readonly CrowdRule[], people: number): CrowdRule | undefined {
	let found: CrowdRule | undefined;
	for (const rule of rules)
		if (rule.fromPeople <= people && (!found || rule.fromPeople > found.fromPeople)) found = rule;
	return found;
}

/** Distance less what the crowd explains. May be negative; smaller is surer. Without others it is the distance itself. */
export function relativeDistance({ distance, others, surroundings }: Crowded, rule: CrowdRule): number {
	if (rule.weight === 0) return distance;
	return distance - rule.weight * (meanOf(others, rule.neighbours) + meanOf(surroundings, rule.neighbours));
}

function meanOf(ascending: readonly number[], count: number): number {
	const near = ascending.slice(0, count);
	return near.length === 0 ? 0 : near.reduce((sum, d) => sum + d, 0) / near.length;
}
