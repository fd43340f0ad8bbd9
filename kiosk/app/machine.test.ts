import { describe, expect, test } from "bun:test";
import { RESULT_MS } from "./limits.ts";
import {
	accepted,
	ended,
	enter,
	face,
	idle,
	keys,
	nobody,
	probe,
	punches,
	run,
	settings,
	T0,
	tick,
} from "./machine-fixture.ts";
import type { KioskEvent, KioskState } from "./state.ts";

describe("a face", () => {
	test("starts one punch, however many probes follow", () => {
		const { state, effects } = run([probe, probe, probe]);
		expect(state.screen.at).toBe("sending");
		expect(punches(effects)).toEqual([{ do: "punch", method: { kind: "face", face }, doubts: [] }]);
	});

	test("of the same person does not punch again until the person has left or 10 s have passed", () => {
		const shown = [probe, ended(accepted)];
		expect(punches(run([...shown, probe]).effects).length).toBe(1);
		expect(punches(run([...shown, nobody, probe]).effects).length).toBe(2);
		expect(punches(run([...shown, tick(RESULT_MS), probe]).effects).length).toBe(1);
		expect(punches(run([...shown, tick(10_000), probe]).effects).length).toBe(2);
	});

	test("is flagged when another face was seen just before, or the camera is a program", () => {
		const several: KioskEvent = { kind: "vision", event: { kind: "several" } };
		const virtual: KioskEvent = { kind: "vision", event: { kind: "probe", face, virtualCamera: true } };
		const both = run([several, virtual]).effects;
		expect(both).toMatchObject([{ doubts: ["virtual_camera", "several_faces"] }]);
		expect(run([several, tick(3_000), probe]).effects).toMatchObject([{ doubts: [] }]);
	});

	test("is never saved without being asked while the box is away", () => {
		const away = { ...idle, link: "offline" as const };
		const asked = run([probe], away);
		expect(asked.state.screen.at).toBe("offline_face");
		expect(asked.effects).toEqual([]);
		expect(punches(run([probe, { kind: "save_offline" }], away).effects).length).toBe(1);
	});

	test.each([
		["suspended", { standing: "suspended" as const }],
		["faces are off", { settings: { ...settings, policy: { ...settings.policy, faceOn: false } } }],
		["typing a PIN", { screen: { at: "pin" as const, number: "1", pin: "", untilMs: T0 + 9_000 } }],
	])("starts nothing: %s", (_, more) => {
		expect(punches(run([probe], { ...idle, ...more }).effects)).toEqual([]);
	});
});

describe("what the page says", () => {
	test.each([
		[accepted, "result"],
		[{ outcome: "unknown" } as const, "choices"],
		[{ outcome: "ambiguous" } as const, "number"],
		[{ outcome: "refused", code: "kiosk.refused.unknown_card" } as const, "problem"],
		[{ outcome: "saved" } as const, "saved"],
		[{ outcome: "lost" } as const, "problem"],
	])("outcome %# has its page and its words", (end, at) => {
		const { state, effects } = run([probe, ended(end)]);
		expect(state.screen.at).toBe(at as KioskState["screen"]["at"]);
		expect(effects.filter((effect) => effect.do === "say").length).toBe(1);
	});

	test("an answer that comes after the page has moved on changes nothing", () => {
		expect(run([ended(accepted)]).state.screen.at).toBe("waiting");
	});

	test("a result stays at least 5 s and goes by itself", () => {
		const shown = [probe, ended(accepted)];
		expect(run([...shown, tick(5_000)]).state.screen.at).toBe("result");
		expect(run([...shown, tick(RESULT_MS)]).state.screen.at).toBe("waiting");
	});
});

describe("not me", () => {
	const notMe: KioskEvent = { kind: "not_me", punchId: "p1" };

	test("is reported and offers card and PIN", () => {
		const { state, effects } = run([probe, ended(accepted), notMe]);
		expect(state.screen).toMatchObject({ at: "choices", because: "not_me" });
		expect(effects.at(-1)).toEqual({ do: "not_me", punchId: "p1" });
	});

	test("stays within reach while the next person is served", () => {
		const next = [probe, ended(accepted), nobody, probe, ended({ ...accepted, punchId: "p2" })];
		const { state, effects } = run([...next, notMe]);
		expect(run(next).state.earlier?.punch.punchId).toBe("p1");
		expect(effects.at(-1)).toEqual({ do: "not_me", punchId: "p1" });
		expect(state.screen).toMatchObject({ at: "result", punch: { punchId: "p2" } });
		expect(run([...next, tick(RESULT_MS)]).state.earlier).toBeUndefined();
	});

	test("for another punch does nothing", () => {
		expect(run([{ kind: "not_me", punchId: "p9" }]).effects).toEqual([]);
	});
});

describe("card and PIN", () => {
	test("a card counts on any page of an active kiosk", () => {
		const read: KioskEvent = { kind: "card_read", text: "0012345678" };
		const expected = [
			{ do: "punch", method: { kind: "card", card: "0012345678", face: undefined }, doubts: [] },
		];
		for (const from of [
			idle,
			run([{ kind: "open", what: "pin" }]).state,
			run([probe, ended(accepted)]).state,
		])
			expect(run([read], from).effects as unknown).toEqual(expected);
		expect(run([read], { ...idle, standing: "suspended" }).effects).toEqual([]);
	});

	test("number, then PIN", () => {
		const events: KioskEvent[] = [
			{ kind: "open", what: "pin" },
			...keys("1024"),
			enter,
			...keys("48291x"),
			enter,
		];
		expect(punches(run(events).effects)).toEqual([]);
		const done = run([...events, ...keys("3"), enter]);
		expect(punches(done.effects)).toMatchObject([{ method: { kind: "pin", number: "1024", pin: "482913" } }]);
	});

	test("a digit on the waiting page begins the number", () => {
		expect(run(keys("7")).state.screen).toMatchObject({ at: "number", text: "7", purpose: "pin" });
	});

	test("deleting in an empty PIN goes back to the number, and home forgets everything", () => {
		const events: KioskEvent[] = [
			{ kind: "open", what: "pin" },
			...keys("1024"),
			enter,
			{ kind: "key", key: "back" },
		];
		expect(run(events).state.screen).toMatchObject({ at: "number", text: "1024" });
		expect(run([...events, { kind: "home" }]).state.screen).toEqual({ at: "waiting", sinceMs: T0 });
	});

	test("an ambiguous face goes along with the card and with the PIN", () => {
		const unsure = [probe, ended({ outcome: "ambiguous" })];
		const byCard = run([...unsure, { kind: "open", what: "card" }, { kind: "card_read", text: "C0FFEE" }]);
		const byPin = run([...unsure, ...keys("1024"), enter, ...keys("482913"), enter]);
		expect(punches(byCard.effects).at(-1)).toMatchObject({ method: { kind: "card", face } });
		expect(punches(byPin.effects).at(-1)).toMatchObject({ method: { kind: "pin", face } });
	});

	test("a PIN page nobody touches goes away with what was typed", () => {
		const typed = run([{ kind: "open", what: "pin" }, ...keys("1024"), enter, ...keys("48")]).state;
		expect(run([tick(30_000)], typed).state.screen).toEqual({ at: "waiting", sinceMs: T0 + 30_000 });
	});

	test("work while the camera is away", () => {
		const blind = { ...idle, camera: "denied" as const };
		const { effects } = run([{ kind: "card_read", text: "12345678" }], blind);
		expect(effects).toMatchObject([{ do: "punch", doubts: ["camera_off"] }]);
	});
});
