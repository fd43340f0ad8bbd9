/** Cards of the demo shop that the kiosk offers to try. */
import type { HelloReply } from "../protocol/kiosk.ts";
import { PEOPLE } from "./shop.ts";

const CARDS_SHOWN = 4;

/** Invented people, for the screen of the door. */
export const demoCards: NonNullable<HelloReply["demoCards"]> = PEOPLE.filter((one) => one.card && !one.leftOn)
	.slice(0, CARDS_SHOWN)
	.map(({ name, card }) => ({ label: name, card: card! }));
