/** What may stand before the camera when it asks for a turn: heads, and ways to cheat, each as poses over the four seconds. */
import type { Picture } from "../../../../server/recognition/face-types.ts";
import type { HeadPose } from "../../../../server/recognition/head-pose.ts";
import type { Shape } from "../../../support/moving-head.ts";
import type { Seeded } from "../seeded.ts";
import type { Motion } from "./mesh.ts";
import { onScreen, printed, withBezel, withEyeHoles } from "./screen-look.ts";

export interface Pose {
	readonly atMs: number;
	readonly motion: Partial<Motion>;
}

export interface Species {
	readonly name: string;
	readonly isAttack: boolean;
	readonly shape: Shape;
	/** What is on the print or screen. */
	skin(picture: Picture, pose: HeadPose, step: number): Picture;
	/** The movement when asked for a side: +1 is the person's own left. */
	act(side: 1 | -1, chance: Seeded): Pose[];
}

const STEPS = 7;
const plain = (picture: Picture) => picture;
const phone = (picture: Picture, pose: HeadPose) => withBezel(onScreen(picture), pose);

/** From 0 to `most` degrees in about two seconds, with the shiver of a hand. */
function sweep(most: number, chance: Seeded, more: (share: number) => Partial<Motion> = () => ({})): Pose[] {
	return Array.from({ length: STEPS }, (_, i) => {
		const share = i / (STEPS - 1);
		const shiver = { dx: chance.normal() * 0.02, dy: chance.normal() * 0.02, rollDeg: chance.normal() * 1.5 };
		const motion = { yawDeg: most * share + chance.normal(), pitchDeg: chance.normal() * 2, ...shiver };
		return { atMs: 150 + i * 300, motion: { ...motion, ...more(share) } };
	});
}

const between = (chance: Seeded, low: number, high: number): number => low + (high - low) * chance.next();

/** Near enough to distort, tilted, brought nearer while it turns: whatever helps. */
const swing = (side: 1 | -1, chance: Seeded): Pose[] => {
	const away = between(chance, 4.5, 9);
	const nearer = between(chance, 0, 0.3);
	const tilt = between(chance, -15, 15);
	return sweep(side * between(chance, 35, 68), chance, (share) => ({
		distance: away * (1 - nearer * share),
		pitchDeg: tilt * share,
	}));
};

const still = (_: 1 | -1, chance: Seeded): Pose[] => sweep(0, chance);

export const SPECIES: readonly Species[] = [
	{
		name: "head that turns as asked",
		isAttack: false,
		shape: "head",
		skin: plain,
		act: (side, chance) => sweep(side * between(chance, 28, 38), chance, () => ({ distance: 8 })),
	},
	{ name: "print held still", isAttack: true, shape: "print", skin: printed, act: still },
	{ name: "phone held still", isAttack: true, shape: "print", skin: phone, act: still },
	{ name: "print swung", isAttack: true, shape: "print", skin: printed, act: swing },
	{ name: "phone swung", isAttack: true, shape: "print", skin: phone, act: swing },
	{
		name: "print bent and swung",
		isAttack: true,
		shape: "bent print",
		skin: printed,
		act: (side, chance) => sweep(side * between(chance, 40, 58), chance),
	},
	{
		name: "cut-out with eye holes, swung",
		isAttack: true,
		shape: "print",
		skin: (picture, pose, step) => withEyeHoles(printed(picture), pose, step === 2),
		act: swing,
	},
	{
		name: "looped clip of a still person",
		isAttack: true,
		shape: "head",
		skin: onScreen,
		act: (_, chance) =>
			sweep(0, chance).map((pose, i) => ({
				...pose,
				motion: { ...pose.motion, yawDeg: 6 * Math.sin(i), distance: 8 },
			})),
	},
	{
		name: "clip of the person turning, side by chance",
		isAttack: true,
		shape: "head",
		skin: onScreen,
		act: (side, chance) => sweep((chance.next() < 0.5 ? side : -side) * 33, chance, () => ({ distance: 8 })),
	},
];
