/** The wire of "turn your head a little": what the box asks, what the kiosk answers. Nothing in an answer is believed before the box has looked at its frames. */
import { type Static, Type as t } from "@sinclair/typebox";

const strict = { additionalProperties: false };

/** Looks in one answer: 4 s at ten a second, and room. */
export const MOST_TURN_SAMPLES = 60;
/** Frames in one answer: before, half-way, turned. */
export const MOST_TURN_FRAMES = 3;
/** Points travel as whole tenths of a pixel, x and y in turn. */
export const TENTHS = 10;

export const TurnAnswer = t.Object(
	{
		/** Of the ask; good once, at the kiosk asked. */
		id: t.String({ minLength: 16, maxLength: 64 }),
		samples: t.Array(
			t.Object(
				{
					/** Milliseconds since the arrow was shown. */
					atMs: t.Integer({ minimum: 0, maximum: 60_000 }),
					/** 68 landmarks in the frame's pixels. */
					points: t.Array(t.Integer({ minimum: -20_000, maximum: 40_000 }), { minItems: 136, maxItems: 136 }),
				},
				strict,
			),
			{ maxItems: MOST_TURN_SAMPLES },
		),
		frames: t.Array(
			t.Object(
				{
					sample: t.Integer({ minimum: 0, maximum: MOST_TURN_SAMPLES - 1 }),
					/** Base64, at most 640×480. */
					jpeg: t.String({ minLength: 100, maxLength: 250_000 }),
				},
				strict,
			),
			{ maxItems: MOST_TURN_FRAMES },
		),
	},
	strict,
);
export type TurnAnswer = Static<typeof TurnAnswer>;

/** How a face may come besides standing still. */
export const FACE_WAYS = {
	turn: t.Optional(TurnAnswer),
	/** Seen walking by: never asked to turn, and a repeat within a minute writes nothing. */
	passing: t.Optional(t.Literal(true)),
};

/** Please turn your head. The person's own left or right. */
export interface TurnAsk {
	readonly outcome: "turn";
	readonly id: string;
	readonly side: "left" | "right";
	readonly windowMs: number;
	/** The turn before this one was too slow or too small. */
	readonly again: boolean;
}
