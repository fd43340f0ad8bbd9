import { expect, test } from "bun:test";
import type { Advice } from "../../server/recognition/quality.ts";
import { makeSightTally } from "./sight-tally.ts";
import type { VisionEvent } from "./vision-port.ts";

const face = (advice: Advice) => ({ kind: "face", advice, agreed: 0, needed: 3 }) as unknown as VisionEvent;

test("looks with a face and what was asked are counted; other events are not", () => {
	const tally = makeSightTally();
	expect(tally.open()).toBeUndefined();
	for (const advice of ["ok", "too_dark", "too_dark", "glare", "side_light", "moving", "too_far"] as const)
		tally.see(face(advice));
	tally.see({ kind: "nobody" });
	const all = { looks: 7, dark: 2, bright: 0, glare: 1, sideLit: 1, blurry: 0, far: 1 };
	expect(tally.open()).toEqual(all);
});

test("what was told is dropped only when it was answered, and what came since stays", () => {
	const tally = makeSightTally();
	tally.see(face("blurry"));
	tally.open();
	tally.see(face("too_bright"));
	expect(tally.open()).toMatchObject({ looks: 2, blurry: 1, bright: 1 });
	tally.see(face("ok"));
	tally.settle();
	expect(tally.open()).toEqual({ looks: 1, dark: 0, bright: 0, glare: 0, sideLit: 0, blurry: 0, far: 0 });
});
