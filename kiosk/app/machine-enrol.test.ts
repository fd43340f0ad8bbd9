import { describe, expect, test } from "bun:test";
import { enter, idle, keys, run, tick } from "./machine-fixture.ts";
import type { KioskEvent } from "./state.ts";
import { visionMode } from "./vision-mode.ts";

describe("make-up and enrolment", () => {
	test("a make-up request needs number and reason, and is sent once", () => {
		const reason: KioskEvent = { kind: "reason", reason: "card_lost" };
		const { state, effects } = run([
			{ kind: "open", what: "makeup" },
			...keys("1024"),
			enter,
			reason,
			reason,
		]);
		expect(effects).toEqual([{ do: "makeup", number: "1024", reason: "card_lost" }]);
		expect(run([{ kind: "call_ended", what: "makeup" }], state).state.screen.at).toBe("noted");
	});

	const text = { version: "3", lang: "en", title: "t", paragraphs: ["p"] } as const;
	const toConsent: KioskEvent[] = [
		{ kind: "open", what: "enrol" },
		...keys("1024"),
		enter,
		{ kind: "consent_loaded", text },
	];

	test("no picture before the box is ticked", () => {
		const unticked = run([...toConsent, { kind: "consent_given" }]).state;
		expect(unticked.screen.at).toBe("consent");
		expect(visionMode(unticked)).toEqual({ kind: "off" });
		const ticked = run([{ kind: "consent_agreed", agreed: true }, { kind: "consent_given" }], unticked).state;
		expect(visionMode(ticked)).toEqual({ kind: "enrol", pose: "front" });
	});

	test("five pictures in order make one request with the consent that was shown", () => {
		const shot = (pose: "front" | "left" | "right"): KioskEvent => ({
			kind: "vision",
			event: { kind: "shot", pose, jpeg: pose },
		});
		const ready = [
			...toConsent,
			{ kind: "consent_agreed", agreed: true },
			{ kind: "consent_given" },
		] as KioskEvent[];
		const shots = [shot("front"), shot("left"), shot("front"), shot("front"), shot("left"), shot("right")];
		const { effects, state } = run([...ready, ...shots]);
		const enrol = effects.find((effect) => effect.do === "enrol");
		expect(enrol).toMatchObject({ number: "1024", consent: { version: "3", lang: "en" } });
		expect(enrol?.do === "enrol" && enrol.shots.map((s) => s.pose)).toEqual([
			"front",
			"front",
			"front",
			"left",
			"right",
		]);
		expect(run([{ kind: "call_ended", what: "enrol" }], state).state.screen).toMatchObject({ at: "noted" });
	});

	test("three pictures are enough for whoever cannot turn their head, two are not", () => {
		const shot: KioskEvent = { kind: "vision", event: { kind: "shot", pose: "front", jpeg: "x" } };
		const start = [
			...toConsent,
			{ kind: "consent_agreed", agreed: true },
			{ kind: "consent_given" },
		] as KioskEvent[];
		const enough: KioskEvent = { kind: "enough_shots" };
		expect(run([...start, shot, shot, enough]).effects.filter((effect) => effect.do === "enrol")).toEqual([]);
		const sent = run([...start, shot, shot, shot, enough, enough]).effects.filter(
			(effect) => effect.do === "enrol",
		);
		expect(sent.map((effect) => effect.do === "enrol" && effect.shots.length)).toEqual([3]);
	});
});

describe("the page at rest", () => {
	test("shows the clock page when idle and wakes by a face or a touch", () => {
		const resting = run([tick(60_000)]).state;
		expect(resting.screen.at).toBe("saver");
		expect(resting.lang).toBe("zh-CN");
		expect(run([{ kind: "touch" }], resting).state.screen.at).toBe("waiting");
		const seen: KioskEvent = {
			kind: "vision",
			event: { kind: "face", advice: "too_far", agreed: 0, needed: 3 },
		};
		expect(run([seen], resting).state.screen.at).toBe("waiting");
	});

	test("does not look for faces where none may be used", () => {
		expect(visionMode(idle)).toEqual({ kind: "punch", framesNeeded: 3 });
		expect(visionMode(run([{ kind: "open", what: "card" }]).state)).toEqual({ kind: "off" });
		expect(visionMode({ ...idle, standing: "suspended" })).toEqual({ kind: "off" });
	});

	test("pairs only with a whole code, once", () => {
		const unpaired = { ...idle, standing: "unpaired" as const };
		expect(run([...keys("7kq2m"), enter], unpaired).effects).toEqual([]);
		const { effects } = run([...keys("7kq2m4ab"), enter, enter], unpaired);
		expect(effects).toEqual([{ do: "pair", code: "7KQ2M4AB" }]);
	});
});
