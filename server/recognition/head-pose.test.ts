import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Landmarks, Point } from "./face-types.ts";
import { headPose } from "./head-pose.ts";

/** Eyes 80 px apart, mouth 80 px below them, nose where told. */
const head = (noseX: number, noseY = 48): Landmarks =>
	Array.from({ length: 68 }, (_, i) => {
		if (i >= 36 && i < 42) return { x: -40, y: 0 };
		if (i >= 42 && i < 48) return { x: 40, y: 0 };
		if (i === 30) return { x: noseX, y: noseY };
		return { x: 0, y: 80 };
	});
const turned = (points: Landmarks, angle: number, scale: number): Point[] =>
	points.map(({ x, y }) => ({
		x: 300 + scale * (x * Math.cos(angle) - y * Math.sin(angle)),
		y: 200 + scale * (x * Math.sin(angle) + y * Math.cos(angle)),
	}));

test("frontal, turned to the right of the image, chin up", () => {
	expect(headPose(head(0))).toMatchObject({ yawProxy: 0, rollDeg: 0, eyeDistancePx: 80 });
	expect(headPose(head(20)).yawProxy).toBeCloseTo(0.25, 6);
	expect(headPose(head(-20)).yawProxy).toBeCloseTo(-0.25, 6);
	expect(headPose(head(0, 40)).pitchProxy).toBeCloseTo(0.5, 6);
});

test("yaw and pitch do not change with tilt and distance; roll is the tilt", () => {
	const angle = fc.double({ min: -1, max: 1, noNaN: true });
	fc.assert(
		fc.property(
			angle,
			fc.double({ min: 0.2, max: 5, noNaN: true }),
			fc.integer({ min: -60, max: 60 }),
			(a, s, nose) => {
				const pose = headPose(turned(head(nose), a, s));
				expect(pose.yawProxy).toBeCloseTo(nose / 80, 5);
				expect(pose.pitchProxy).toBeCloseTo(0.6, 5);
				expect(pose.rollDeg).toBeCloseTo((a * 180) / Math.PI, 4);
			},
		),
	);
});

test("collapsed landmarks give numbers, not NaN", () => {
	const pose = headPose(Array.from({ length: 68 }, () => ({ x: 5, y: 5 })));
	expect(Object.values(pose).every(Number.isFinite)).toBe(true);
});
