import { expect, test } from "bun:test";
import { dialPlace, dialZone } from "./pose-dial.ts";
import { assessFrame, ENROL_LIMITS, type FrameMeasures, type Pose } from "./quality.ts";

const looking = (yawProxy: number): FrameMeasures => ({
	...{ frameWidthPx: 640, frameHeightPx: 480, score: 0.95, movedRatio: 0 },
	box: { x: 220, y: 120, width: 200, height: 220 },
	pose: { yawProxy, pitchProxy: 0.6, rollDeg: 0, eyesX: 320, eyesY: 220, eyeDistancePx: 80 },
	luma: { mean: 110, clippedRatio: 0, sharpness: 300, sideLightRatio: 0.1 },
});

test.each<Pose>(["front", "left", "right"])(
	"the dot is in the zone of %s exactly when the gate lets the frame pass",
	(pose) => {
		const [from, to] = dialZone(pose);
		for (let yaw = -0.6; yaw <= 0.6; yaw += 0.013) {
			const place = dialPlace(yaw);
			expect(place >= from && place <= to).toBe(assessFrame(looking(yaw), ENROL_LIMITS, pose) === "ok");
		}
	},
);

test("a mirror: who turns to their own left sees the dot go left", () => {
	expect(dialPlace(0)).toBe(50);
	expect(dialZone("left")[1]).toBeLessThan(50);
	expect(dialZone("right")[0]).toBeGreaterThan(50);
});
