import { expect, test } from "bun:test";
import type { TurnAnswer, TurnAsk } from "../../server/protocol/turn.ts";
import { TURN_SPARE_MS } from "./limits.ts";
import { accepted, ended, face, probe, punches, run, tick } from "./machine-fixture.ts";
import type { KioskEvent } from "./state.ts";
import { visionMode } from "./vision-mode.ts";

const ask: TurnAsk = { outcome: "turn", id: "ask-1", side: "left", windowMs: 4_000, again: false };
const answer: TurnAnswer = { id: ask.id, samples: [], frames: [] };
const turned = (of: TurnAnswer | undefined, id = ask.id): KioskEvent => ({
	kind: "vision",
	event: { kind: "turned", id, answer: of },
});
const asked = [probe, ended(ask)];

test("the box asks: the mirror stays, the eyes watch for the side, the voice says it", () => {
	const { state, effects } = run(asked);
	expect(state.screen).toMatchObject({ at: "turn", ask, face });
	expect(visionMode(state)).toEqual({ kind: "turn", id: ask.id, side: "left", windowMs: 4_000 });
	expect(effects.at(-1)).toMatchObject({ do: "say", key: "kiosk.say.turn_left" });
});

test("the turn goes to the box with the same face, once", () => {
	const { effects } = run([...asked, turned(answer), turned(answer)]);
	expect(punches(effects).slice(1)).toEqual([
		{ do: "punch", method: { kind: "face", face, turn: answer }, doubts: [] },
	]);
});

test("an answer to another ask is nobody's", () => {
	expect(run([...asked, turned(answer, "ask-0")]).state.screen.at).toBe("turn");
});

test("asked again, accepted, or sent to card and PIN with the face", () => {
	const again: TurnAsk = { ...ask, id: "ask-2", side: "right", again: true };
	expect(run([...asked, turned(answer), ended(again)]).state.screen).toMatchObject({
		at: "turn",
		ask: again,
	});
	expect(run([...asked, turned(answer), ended(accepted)]).state.screen.at).toBe("result");
	expect(run([...asked, turned(answer), ended({ outcome: "turn_failed" })]).state.screen).toMatchObject({
		at: "number",
		because: "turn",
		face,
	});
});

test("nobody seen, or eyes that failed: card or PIN, the box is not asked", () => {
	const nobodySeen = run([...asked, turned(undefined)]);
	expect(nobodySeen.state.screen).toMatchObject({ at: "number", because: "turn", face });
	expect(punches(nobodySeen.effects).length).toBe(1);
	const late = run([...asked, tick(ask.windowMs + TURN_SPARE_MS)]);
	expect(late.state.screen).toMatchObject({ at: "number", because: "turn", face });
});

test("card and PIN count at once, and bring the face", () => {
	const card = run([...asked, { kind: "card_read", text: "0001" }]);
	expect(punches(card.effects).at(-1)).toMatchObject({ method: { kind: "card", card: "0001", face } });
	expect(run([...asked, { kind: "open", what: "pin" }]).state.screen).toMatchObject({ at: "number", face });
	expect(run([...asked, { kind: "key", key: "7" }]).state.screen).toMatchObject({ text: "7", face });
});
