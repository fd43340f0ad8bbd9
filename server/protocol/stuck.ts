/** The wire of punches that a kiosk keeps and the box cannot take in: how they are told of, ordered about and handed over. */
import { type Static, Type as t } from "@sinclair/typebox";

const EpochMs = t.Integer({ minimum: 0, maximum: 8_640_000_000_000 });
const strict = { additionalProperties: false };

export const StuckGroup = t.Object(
	{ code: t.String({ maxLength: 64 }), count: t.Integer({ minimum: 1 }), oldestMs: EpochMs },
	strict,
);
export type StuckGroup = Static<typeof StuckGroup>;

/** What an owner wants done with stuck punches: send them once more, or hand them over to be set aside in the box. */
export interface StuckOrder {
	readonly id: number;
	readonly what: "retry" | "hand_over";
}

/** Stuck entries as they lie in the kiosk. Loose on purpose: whatever kept them from being taken in must not keep them from this. */
export const SetAsideRequest = t.Object(
	{
		entries: t.Array(
			t.Object(
				{
					id: t.String({ minLength: 1, maxLength: 64 }),
					sealed: t.String({ maxLength: 4_000_000 }),
					madeMs: EpochMs,
					code: t.String({ maxLength: 64 }),
				},
				strict,
			),
			{ minItems: 1, maxItems: 1 },
		),
	},
	strict,
);
export type SetAsideRequest = Static<typeof SetAsideRequest>;

export interface SetAsideReply {
	/** Ids that the box now keeps: the kiosk may let go of these, and of no others. */
	readonly kept: readonly string[];
}
