/** Long looks at everybody's templates of one net: who resembles whom, and how well the net tells people apart. Yields often, so punches are not held up. */
import type { Db } from "../../db/store.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { makeGallery } from "../recognition/gallery.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import { makeNetComparison, type NetFigures } from "../recognition/net-comparison.ts";
import { LOOK_ALIKE_DEPTH, lookAlikes } from "../recognition/verify.ts";
import type { Vault } from "../vault/vault.ts";
import { openTemplatesInForce } from "./face-index.ts";

export interface NetPairsDeps {
	readonly store: Db;
	readonly vault: Vault;
	readonly onError: (error: unknown) => void;
}

/** More people than this say no more about a net, and comparing goes with the square. */
const MOST_COMPARED = 200;
/** People between two breaths. */
const CHUNK = 5;

const breathe = (at: number): Promise<void> | undefined => (at % CHUNK === 0 ? Bun.sleep(0) : undefined);

/** Pairs of people in force within the net's twin limit, each once. */
export const findLookalikes = (deps: NetPairsDeps, recogniser: Recogniser) =>
	pairsAmong(openTemplatesInForce({ ...deps, db: deps.store }, recogniserTag(recogniser)), recogniser);

/** The same among these people. A pair may be seen from one side only: the other may have many who are nearer still. */
export async function pairsAmong(
	people: ReadonlyMap<string, readonly Descriptor[]>,
	recogniser: Recogniser,
): Promise<(readonly [string, string])[]> {
	const gallery = makeGallery(recogniser.descriptorLength);
	for (const [id, templates] of people) gallery.put(id, templates);
	const pairs = new Map<string, readonly [string, string]>();
	let at = 0;
	for (const [id, templates] of people) {
		await breathe(++at);
		const rankings = templates.map((template) => gallery.rank(template, { depth: LOOK_ALIKE_DEPTH }));
		for (const { personId } of lookAlikes(rankings, id, recogniser.thresholds)) {
			const pair = id < personId ? ([id, personId] as const) : ([personId, id] as const);
			pairs.set(pair.join(), pair);
		}
	}
	gallery.clear();
	return [...pairs.values()];
}

/** Figures of a net on the people of this site, at most `MOST_COMPARED` of them. */
export async function measureNet(deps: NetPairsDeps, recogniser: Recogniser): Promise<NetFigures> {
	const all = openTemplatesInForce({ ...deps, db: deps.store }, recogniserTag(recogniser));
	const people = new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_COMPARED));
	const comparison = makeNetComparison(recogniser, people);
	let at = 0;
	for (const id of people.keys()) {
		await breathe(++at);
		comparison.judge(id);
	}
	return comparison.figures();
}
