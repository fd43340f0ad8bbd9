import { describe, expect, test } from "bun:test";
import type { AcceptedPunch, FaceEvidence, HelloReply } from "../../server/protocol/kiosk.ts";
import { RESULT_MS } from "./limits.ts";
import { step } from "./machine.ts";
import { type Effect, firstState, type KioskEvent, type KioskState } from "./state.ts";
import { visionMode } from "./vision-mode.ts";

const T0 = 1_800_000_000_000;
const face: FaceEvidence = {
	modelId: "m",
	descriptor: "d",
	frames: 3,
	jpeg: "j",
	quality: {},
	cameraLabel: "c",
};
const settings: HelloReply = {
	status: "active",
	kiosk: { name: "Door", place: "Hall" },
	site: { name: "Bakery", zone: "Asia/Shanghai", lang: "zh-CN" },
	serverNowMs: T0,
	boxKey: "",
	policy: {
		faceOn: true,
		framesNeeded: 3,
		pinMinDigits: 6,
		voice: true,
		elder: false,
		selfEnrol: true,
		idleSec: 60,
		demo: false,
	},
	version: "1",
};
const accepted: AcceptedPunch = {
	outcome: "accepted",
	punchId: "p1",
	seq: 1,
	name: "Ada",
	atMs: T0,
	direction: "in",
	hint: "on_time",
	minutes: 0,
	doubtful: false,
	avatar: { hue: 1, initials: "A" },
};

const probe: KioskEvent = { kind: "vision", event: { kind: "probe", face, virtualCamera: false } };
const nobody: KioskEvent = { kind: "vision", event: { kind: "nobody" } };
const tick = (afterMs: number): KioskEvent => ({ kind: "tick", nowMs: T0 + afterMs });
const keys = (text: string): KioskEvent[] => [...text].map((key) => ({ kind: "key", key }));
const enter: KioskEvent = { kind: "key", key: "enter" };
const ended = (end: Extract<KioskEvent, { kind: "punch_ended" }>["end"]): KioskEvent => ({
	kind: "punch_ended",
	end,
});

const idle: KioskState = {
	...firstState(T0, "en"),
	standing: "active",
	settings,
	link: "online",
	camera: "ok",
};

/** Runs events from `from` and returns the last state with every effect on the way. */
function run(
	events: readonly KioskEvent[],
	from: KioskState = idle,
): { state: KioskState; effects: Effect[] } {
	const effects: Effect[] = [];
	let state = from;
	for (const event of events) {
		const next = step(state, event);
		state = next.state;
		effects.push(...next.effects);
	}
	return { state, effects };
}

const punches = (effects: readonly Effect[]) => effects.filter((effect) => effect.do === "punch");

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
		const shots = [shot("front"), shot("left"), shot("front"), shot("left"), shot("right"), shot("front")];
		const { effects, state } = run([...ready, ...shots]);
		const enrol = effects.find((effect) => effect.do === "enrol");
		expect(enrol).toMatchObject({ number: "1024", consent: { version: "3", lang: "en" } });
		expect(enrol?.do === "enrol" && enrol.shots.map((s) => s.pose)).toEqual([
			"front",
			"front",
			"left",
			"right",
			"front",
		]);
		expect(run([{ kind: "call_ended", what: "enrol" }], state).state.screen).toMatchObject({ at: "noted" });
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
