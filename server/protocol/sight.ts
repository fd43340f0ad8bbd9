/** What a door saw since its last hello: looks with a face in view, and how often it had to ask for something. Counts, nothing of a person. */
import { type Static, Type as t } from "@sinclair/typebox";

/** A kiosk looks eight times a second and reports every twenty seconds; a day without contact still fits. */
const Count = t.Integer({ minimum: 0, maximum: 1_000_000 });

export const SightCounts = t.Object(
	{ looks: Count, dark: Count, bright: Count, glare: Count, sideLit: Count, blurry: Count, far: Count },
	{ additionalProperties: false },
);
export type SightCounts = Static<typeof SightCounts>;
