import { expect, test } from "bun:test";
import { FACE_API_RECOGNISER } from "../recognition/model.ts";
import { LOOK_ALIKE_DEPTH } from "../recognition/verify.ts";
import { pairsAmong } from "./net-pairs.ts";

const LENGTH = FACE_API_RECOGNISER.descriptorLength;
const TWIN = FACE_API_RECOGNISER.thresholds.twin.value;

/** A face on a line: how far along the first number it lies. */
const at = (x: number) => [Float32Array.from({ length: LENGTH }, (_, i) => (i === 0 ? x : 0))];

test("a pair is found though one of the two has a crowd that is nearer still", async () => {
	const crowd = Array.from(
		{ length: LOOK_ALIKE_DEPTH },
		(_, i) => [`crowd-${i}`, at(-0.01 * (i + 1))] as const,
	);
	const people = new Map([["a", at(0)], ["z", at(TWIN * 0.9)], ...crowd]);
	const pairs = await pairsAmong(people, FACE_API_RECOGNISER);
	expect(pairs).toContainEqual(["a", "z"]);
	expect(new Set(pairs.map((pair) => pair.join())).size).toBe(pairs.length);
});
