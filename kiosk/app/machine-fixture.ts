/** A kiosk in service and the events that drive it, for the tests of the machine. */
import type { AcceptedPunch, FaceEvidence, HelloReply } from "../../server/protocol/kiosk.ts";
import { step } from "./machine.ts";
import { type Effect, firstState, type KioskEvent, type KioskState } from "./state.ts";

export const T0 = 1_800_000_000_000;
export const face: FaceEvidence = {
	modelId: "m",
	descriptor: "d",
	frames: 3,
	jpeg: "j",
	quality: {},
	cameraLabel: "c",
};
export const settings: HelloReply = {
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
export const accepted: AcceptedPunch = {
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

export const probe: KioskEvent = { kind: "vision", event: { kind: "probe", face, virtualCamera: false } };
export const nobody: KioskEvent = { kind: "vision", event: { kind: "nobody" } };
export const tick = (afterMs: number): KioskEvent => ({ kind: "tick", nowMs: T0 + afterMs });
export const keys = (text: string): KioskEvent[] => [...text].map((key) => ({ kind: "key", key }));
export const enter: KioskEvent = { kind: "key", key: "enter" };
export const ended = (end: Extract<KioskEvent, { kind: "punch_ended" }>["end"]): KioskEvent => ({
	kind: "punch_ended",
	end,
});

export const idle: KioskState = {
	...firstState(T0, "en"),
	standing: "active",
	settings,
	link: "online",
	camera: "ok",
};

/** Runs events from `from` and returns the last state with every effect on the way. */
export function run(
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

export const punches = (effects: readonly Effect[]) => effects.filter((effect) => effect.do === "punch");
