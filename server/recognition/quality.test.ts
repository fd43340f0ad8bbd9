import { describe, expect, test } from "bun:test";
import type { HeadPose } from "./head-pose.ts";
import type { LumaStats } from "./image-stats.ts";
import { assessFrame, ENROL_LIMITS, type FrameMeasures, type Pose, PUNCH_LIMITS } from "./quality.ts";

const pose: HeadPose = {
	yawProxy: 0,
	pitchProxy: 0.6,
	rollDeg: 0,
	eyesX: 320,
	eyesY: 220,
	eyeDistancePx: 80,
};
const luma: LumaStats = { mean: 120, clippedRatio: 0, sharpness: 500, sideLightRatio: 0.05 };
const good: FrameMeasures = {
	frameWidthPx: 640,
	frameHeightPx: 480,
	box: { x: 220, y: 120, width: 200, height: 220 },
	score: 0.9,
	pose,
	luma,
	movedRatio: 0.01,
};
const width = (px: number) => ({ ...good, box: { ...good.box, width: px } });
const lit = (change: Partial<LumaStats>) => ({ ...good, luma: { ...luma, ...change } });
const posed = (change: Partial<HeadPose>) => ({ ...good, pose: { ...pose, ...change } });

describe("at the door", () => {
	test.each([
		["a good frame", good, "ok"],
		["first frame of a visit", { ...good, movedRatio: undefined }, "ok"],
		["masked or no face", { ...good, score: 0.55 }, "low_score"],
		["across the room", width(70), "too_far"],
		["nose on the lens", width(430), "too_close"],
		["half out of the frame", posed({ eyesX: 40 }), "off_centre"],
		["chin out of the frame", posed({ eyesY: 430 }), "off_centre"],
		["night", lit({ mean: 40 }), "too_dark"],
		["sun in the face", lit({ mean: 190 }), "too_bright"],
		["reflections", lit({ clippedRatio: 0.2 }), "glare"],
		["window to one side", lit({ sideLightRatio: 0.6 }), "side_light"],
		["looking away", posed({ yawProxy: -0.3 }), "turn_to_front"],
		["head on the shoulder", posed({ rollDeg: 25 }), "tilt"],
		["walking past", { ...good, movedRatio: 0.06 }, "moving"],
		["smeared lens", lit({ sharpness: 50 }), "blurry"],
	])("%s → %s", (_, frame, advice) => {
		expect(assessFrame(frame as FrameMeasures, PUNCH_LIMITS)).toBe(advice as "ok");
	});

	test("says first what makes the others better: far before dark before blurry", () => {
		const all = { ...lit({ mean: 10, sharpness: 1 }), box: { ...good.box, width: 50 } };
		expect(assessFrame(all, PUNCH_LIMITS)).toBe("too_far");
		expect(assessFrame(lit({ mean: 10, sharpness: 1 }), PUNCH_LIMITS)).toBe("too_dark");
	});
});

describe("at enrolment", () => {
	test.each([
		["front", 0, "ok"],
		["front", 0.14, "turn_to_front"],
		["left", 0.2, "ok"],
		["left", 0.05, "turn_left"],
		["left", -0.2, "turn_left"],
		["left", 0.4, "turn_to_front"],
		["right", -0.2, "ok"],
		["right", 0.2, "turn_right"],
		["right", -0.4, "turn_to_front"],
	])("asked %s, yaw %p → %s", (asked, yawProxy, advice) => {
		expect(assessFrame(posed({ yawProxy }), ENROL_LIMITS, asked as Pose)).toBe(advice as "ok");
	});

	test("what passes enrolment passes the door", () => {
		expect(assessFrame(good, ENROL_LIMITS)).toBe("ok");
		for (const frame of [
			width(100),
			lit({ sharpness: 90 }),
			lit({ clippedRatio: 0.1 }),
			{ ...good, score: 0.7 },
		]) {
			expect(assessFrame(frame, PUNCH_LIMITS)).toBe("ok");
			expect(assessFrame(frame, ENROL_LIMITS)).not.toBe("ok");
		}
	});
});
