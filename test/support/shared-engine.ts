/** The real face engine, which remembers what it said about a photo: looking at one face a hundred times says nothing new. */
import { type FaceEngine, makeFaceEngine } from "../../server/recogniser/face-engine.ts";

import { recogniserTag } from "../../server/recognition/model.ts";

export interface SharedEngine extends FaceEngine {
	/** Ends the Worker; `stop`, which each box calls, does not. */
	end(): void;
	/** How many photos were handed to it so far. */
	looks(): number;
}

/** For a file of tests that makes many boxes. */
export function sharedEngine(): SharedEngine {
	const real = makeFaceEngine({ idleStopMs: 0 });
	let looks = 0;
	const said = new Map<bigint | number, ReturnType<FaceEngine["describePhoto"]>>();
	return {
		get recogniser() {
			return real.recogniser;
		},
		recognisers: real.recognisers,
		addPack: (files) => real.addPack(files),
		holdPack: (files) => real.holdPack(files),
		dropPack: (tag) => real.dropPack(tag),
		use: real.use,
		warmUp: () => real.warmUp(),
		status: () => real.status(),
		describePhoto(bytes, options) {
			looks++;
			const nets = options?.nets ?? [recogniserTag(real.recogniser)];
			const key = Bun.hash(bytes, Bun.hash.crc32(nets.join()));
			const answer = said.get(key) ?? real.describePhoto(bytes, options);
			said.set(key, answer);
			return answer;
		},
		looks: () => looks,
		stop() {},
		end: () => real.stop(),
	};
}
