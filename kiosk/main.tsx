/** Entry of the door page: checks what the browser can do, then wires device, eyes, voice and screens. */
/// <reference path="../scripts/assets/constants.d.ts" />
import { render } from "preact";
import { App } from "./app/app.tsx";
import { listenForKeys } from "./app/card-burst.ts";
import { makeKioskStore } from "./app/kiosk-store.ts";
import { offeredCode } from "./app/pair-link.ts";
import { type Service, startService } from "./app/service.ts";
import { makeSightTally } from "./app/sight-tally.ts";
import { type Effect, firstState, type KioskState } from "./app/state.ts";
import { sayCode, translatorOf } from "./app/texts.ts";
import { visionMode } from "./app/vision-mode.ts";
import type { VisionEvent, VisionMode } from "./app/vision-port.ts";
import { askToPersist, openKioskDb } from "./device/store.ts";
import { holdWakeLock } from "./device/wake-lock.ts";
import { keepPageOffline, updatePage } from "./device/worker-link.ts";
import { makeVision } from "./vision/vision.ts";
import { makeVoice } from "./voice/voice.ts";

const TICK_MS = 250;
/** A version is fetched only when nobody has been here for this long. */
const QUIET_MS = 20_000;

const root = document.getElementById("kiosk")!;
const version = root.dataset.version ?? "";
const eyes = makeVision({
	faceApi: ASSET_URLS["face-api.js"]!,
	models: ASSET_URLS.models!,
	wasm: ASSET_URLS.wasm!,
});
const voice = makeVoice({ chimes: ASSET_URLS.voice!, volume: 0.9 });

const sight = makeSightTally();

let service: Service | undefined;
let measured: { backend?: string; frameMs?: number } = {};
let mode: VisionMode = { kind: "off" };
let watching = false;

const store = makeKioskStore(
	firstState(Date.now(), document.documentElement.lang === "en" ? "en" : "zh-CN"),
	onChange,
	onEffect,
);

function onChange(state: KioskState, before: KioskState): void {
	paint();
	if (state.settings !== before.settings) eyes.useNet(state.settings?.faceNet);
	const next = visionMode(state);
	if (JSON.stringify(next) !== JSON.stringify(mode)) {
		mode = next;
		eyes.setMode(next);
	}
	if (state.camera !== before.camera) service?.nudge();
}

function onEffect(effect: Effect): void {
	if (effect.do !== "say") {
		service?.run(effect);
		return;
	}
	const { muted, lang, settings } = store.state();
	if (!muted && settings?.policy.voice)
		voice.say(effect.phrase, sayCode(translatorOf(lang), effect.key), lang);
}

let painting = false;
/** At most once per frame. */
function paint(): void {
	if (painting) return;
	painting = true;
	requestAnimationFrame(() => {
		painting = false;
		const state = store.state();
		document.documentElement.lang = state.lang;
		document.documentElement.classList.toggle("elder", state.elder);
		render(
			<App
				state={state}
				send={store.send}
				video={watch}
				onRetryCamera={() => eyes.retry()}
				onPairAgain={pairAgain}
			/>,
			root,
		);
	});
}

/** The mirror is on the page: the eyes may open. */
function watch(video: HTMLVideoElement | null): void {
	if (!video || watching) return;
	watching = true;
	eyes.start(video, onVision);
}

function onVision(event: VisionEvent): void {
	if (event.kind === "measured") {
		measured = { backend: event.backend, frameMs: event.frameMs };
		void keepPageOffline();
	}
	sight.see(event);
	store.send({ kind: "vision", event });
}

async function pairAgain(): Promise<void> {
	await service?.forget();
	location.reload();
}

function maybeUpdate(wanted: string): void {
	const { screen, nowMs, busyMs } = store.state();
	const quiet = (screen.at === "waiting" || screen.at === "saver") && nowMs - busyMs > QUIET_MS;
	if (version && wanted && wanted !== version && quiet) void updatePage();
}

/** After a reload the page before this one may still be closing. */
const HANDOVER_MS = 3_000;

/** One page per device: two would fight over counter and camera. Resolves when it is this one; `onOther` tells of a long wait. */
const becomeTheOnlyPage = (onOther: () => void): Promise<void> =>
	new Promise((resolve) => {
		const timer = setTimeout(onOther, HANDOVER_MS);
		void navigator.locks.request("dianmao-kiosk", () => {
			clearTimeout(timer);
			resolve();
			return new Promise(() => undefined);
		});
	});

async function start(): Promise<void> {
	paint();
	if (!isSecureContext) return store.send({ kind: "standing", standing: "insecure" });
	await becomeTheOnlyPage(() => store.send({ kind: "standing", standing: "second_tab" }));
	const db = await openKioskDb().catch(() => undefined);
	if (!db) return store.send({ kind: "standing", standing: "no_storage" });
	void askToPersist();
	service = await startService({
		db,
		send: store.send,
		state: store.state,
		version,
		measured: () => measured,
		sight,
		onSettings: (settings) => maybeUpdate(settings.version),
	});
	const { clock } = service;
	setInterval(() => store.send({ kind: "tick", nowMs: clock.nowMs() }), TICK_MS);
	listenForKeys(
		(text) => store.send({ kind: "card_read", text }),
		(key) => store.send({ kind: "key", key }),
	);
	takeOfferedCode();
	holdWakeLock();
	addEventListener("pointerdown", () => store.send({ kind: "touch" }));
	setTimeout(keepPageOffline, 15_000);
}

/** Types the code of the link for the person, once; a paired kiosk ignores it. */
function takeOfferedCode(): void {
	const code = offeredCode(location.hash);
	history.replaceState(null, "", location.pathname);
	if (!code || store.state().standing !== "unpaired") return;
	for (const key of [...code, "enter"]) store.send({ kind: "key", key });
}

void start();
