/** Where a head points, as a place on a dial 100 wide that stands in a mirror: the person's own left is on the left. Pure. */
import { ENROL_LIMITS, type Pose } from "./quality.ts";

/** Yaw proxy at the ends; a head turned this far is past every pose asked for. */
const FULL_YAW = 0.45;

/** 0 at the left end, 50 for a frontal head, 100 at the right end. */
export const dialPlace = (yawProxy: number): number =>
	50 - 50 * Math.min(1, Math.max(-1, yawProxy / FULL_YAW));

/** Where the dot must be for a pose of enrolment: from, to. */
export function dialZone(pose: Pose): readonly [number, number] {
	const { maxFrontYaw, sideYaw } = ENROL_LIMITS;
	const [least, most] = sideYaw;
	if (pose === "front") return [dialPlace(maxFrontYaw), dialPlace(-maxFrontYaw)];
	return pose === "left" ? [dialPlace(most), dialPlace(least)] : [dialPlace(-least), dialPlace(-most)];
}
