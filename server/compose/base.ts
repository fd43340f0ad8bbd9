/** The ground of the composition: what is opened once and shared by every service. */
import { type Clock, localDate } from "../base/units.ts";
import type { Log } from "../log.ts";
import { KNOWN_SOURCES } from "../packs/known-sources.ts";
import { makePackStore } from "../packs/pack-store.ts";
import type { FacePackSource } from "../protocol/face-pack.ts";
import { type FaceEngine, makeFaceEngine } from "../recogniser/face-engine.ts";
import { makeDomainBus } from "../services/events.ts";
import { isFaceOn, siteOrDefault } from "../services/site.ts";
import type { TurnChallengesDeps } from "../services/turn-challenges.ts";
import type { OpenBox } from "../start/open-box.ts";

export interface ComposeOptions {
	readonly box: OpenBox;
	readonly clock: Clock;
	readonly log: Log;
	readonly demo: boolean;
	/** What kiosks compare with their own to know when to reload. */
	readonly version: string;
	/** Shows the first-run code where only the person at the box sees it. */
	readonly announce: (code: string) => void;
	/** Another engine, for tests. */
	readonly engine?: FaceEngine;
	/** Where face packs lie; in the data folder unless a test says otherwise. */
	readonly packFolder?: string;
	/** Nets that can be fetched; a test's own loopback source. */
	readonly packSources?: readonly FacePackSource[];
	/** Patience and dice of head turns; a test's own. */
	readonly turns?: Partial<Pick<TurnChallengesDeps, "lookMs" | "chance">>;
}

export type Base = ReturnType<typeof composeBase>;

/** Store, clock, log, bus and engine: what every other part stands on. */
export function composeBase(options: ComposeOptions) {
	const { box, clock, log, demo, version, announce, engine } = options;
	const { store, vault } = box;
	const zone = () => siteOrDefault(store).zone;
	return {
		box,
		store,
		vault,
		clock,
		log,
		demo,
		version,
		announce,
		engine: engine ?? makeFaceEngine({ onFault: (reason) => log.warn({ reason }, "face worker") }),
		packs: makePackStore(options.packFolder ?? box.folder.facePacks),
		turns: options.turns,
		packSources: options.packSources ?? KNOWN_SOURCES,
		bus: makeDomainBus((error) => log.error(error, "listener")),
		onError: (error: unknown) => log.error(error),
		zone,
		today: () => localDate(clock.nowMs(), zone()),
		isFaceOn: () => isFaceOn(store),
	};
}
