/** Long looks at everybody's templates of one net: who resembles whom, and how well the net tells people apart. Yields often, so punches are not held up. */
import type { Db } from "../../db/store.ts";
import { makeGallery } from "../recognition/gallery.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import { makeNetComparison, type NetFigures } from "../recognition/net-comparison.ts";
import { lookAlikes } from "../recognition/verify.ts";
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

/** Pairs within the net's twin limit, each once. */
export async function findLookalikes(
	deps: NetPairsDeps,
	recogniser: Recogniser,
): Promise<(readonly [string, string])[]> {
	const people = openTemplatesInForce({ ...deps, db: deps.store }, recogniserTag(recogniser));
	const gallery = makeGallery(recogniser.descriptorLength);
	for (const [id, templates] of people) gallery.put(id, templates);
	const pairs: (readonly [string, string])[] = [];
	let at = 0;
	for (const [id, templates] of people) {
		await breathe(++at);
		const rankings = templates.map((template) => gallery.rank(template));
		for (const { personId } of lookAlikes(rankings, id, recogniser.thresholds))
			if (id < personId) pairs.push([id, personId]);
	}
	gallery.clear();
	return pairs;
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
