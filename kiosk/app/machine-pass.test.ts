import { expect, test } from "bun:test";
import { PASS_MS } from "./limits.ts";
import { accepted, face, idle, punches, run, settings, tick } from "./machine-fixture.ts";
import type { KioskEvent, KioskState } from "./state.ts";
import { visionMode } from "./vision-mode.ts";

const open: KioskState = {
	...idle,
	settings: { ...settings, policy: { ...settings.policy, passing: true } },
};
const passer = (track: number, stays = false): KioskEvent => ({
	kind: "vision",
	event: { kind: "passer", track, face, virtualCamera: false, stays },
});
const ended = (track: number, end: Extract<KioskEvent, { kind: "pass_ended" }>["end"]): KioskEvent => ({
	kind: "pass_ended",
	track,
	end,
});

test("the eyes follow everybody where the kiosk names people in passing", () => {
	expect(visionMode(open)).toEqual({ kind: "pass", framesNeeded: 3 });
});

test("several people are asked for at once, each once, and the page stays as it is", () => {
	const { state, effects } = run([passer(1), passer(2), passer(1), ended(2, accepted)], open);
	expect(punches(effects)).toMatchObject([
		{ track: 1, method: { kind: "face", passing: true } },
		{ track: 2, method: { kind: "face", passing: true } },
	]);
	expect(state.screen.at).toBe("waiting");
	expect(state.passing).toMatchObject([
		{ track: 1, step: "asking" },
		{ track: 2, step: "done", punch: accepted },
	]);
	expect(effects.at(-1)).toMatchObject({ do: "say", phrase: "accepted" });
});

test("who is not certain is asked to stop, silently, and served as anybody else when staying", () => {
	const asked = run([passer(1), ended(1, { outcome: "ambiguous" })], open);
	expect(asked.state.passing).toMatchObject([{ step: "stop" }]);
	expect(asked.effects.filter((effect) => effect.do === "say")).toEqual([]);
	const stayed = run([passer(1, true)], asked.state);
	expect(stayed.state.screen.at).toBe("sending");
	expect(punches(stayed.effects)).toMatchObject([{ method: { kind: "face" } }]);
	expect(punches(stayed.effects)[0]).not.toHaveProperty("track");
});

test("who has a name and stays is not punched again", () => {
	expect(punches(run([passer(1), ended(1, accepted), passer(1, true)], open).effects).length).toBe(1);
});

test("names go after a while; not me reaches a name in the strip", () => {
	const named = run([passer(1), ended(1, accepted)], open).state;
	expect(run([tick(PASS_MS)], named).state.passing).toEqual([]);
	const denied = run([{ kind: "not_me", punchId: accepted.punchId }], named);
	expect(denied.effects).toContainEqual({ do: "not_me", punchId: accepted.punchId });
	expect(denied.state.passing).toEqual([]);
});

test("with the box away nothing is kept of people walking by", () => {
	expect(punches(run([passer(1)], { ...open, link: "offline" }).effects)).toEqual([]);
});
