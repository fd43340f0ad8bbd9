/** Enrolment by webcam: live picture, advice in words, five frames taken by themselves, review, hand-over. Only JPEGs leave the page. */
import { makeVision } from "../../kiosk/vision/vision.ts";
import { type Answer, sendShots } from "./enrolling/send.ts";
import { makeShots } from "./enrolling/shots.ts";
import { type EnrolSetup, readSetup } from "./enrolling/words.ts";

type VisionEvent = Parameters<Parameters<ReturnType<typeof makeVision>["start"]>[1]>[0];

/** Between two pictures, so that the person sees what happened and five frames are not one. */
const PAUSE_MS = 700;

function run(root: HTMLElement): void {
	const setup = readSetup(root);
	const find = <E extends HTMLElement>(selector: string) => root.querySelector<E>(selector)!;
	const video = find<HTMLVideoElement>("video");
	const advice = find(".enrol-advice");
	const save = find<HTMLButtonElement>("[data-save]");
	const retry = find<HTMLButtonElement>("[data-retry]");
	const reason = find<HTMLInputElement>("input[name=reason]");
	const vision = makeVision(setup.assets);
	const tell = (text: string, tone: "" | "ok" | "bad" = "") => {
		if (advice.textContent !== text) advice.textContent = text;
		root.dataset.tone = tone;
	};

	const shots = makeShots(root, setup, () => seek());

	/** Looks for the next pose, or rests for the review. */
	const seek = () => {
		const pose = shots.wanted();
		save.disabled = pose !== undefined;
		vision.setMode(pose ? { kind: "enrol", pose } : { kind: "off" });
		tell(setup.say(pose ?? "review"), pose ? "" : "ok");
	};

	const take = (event: Extract<VisionEvent, { kind: "shot" }>) => {
		if (!shots.take(event.pose, event.jpeg)) return;
		vision.setMode({ kind: "off" });
		root.classList.add("flash");
		setTimeout(() => {
			root.classList.remove("flash");
			seek();
		}, PAUSE_MS);
	};

	const camera = (state: Extract<VisionEvent, { kind: "camera" }>["state"]) => {
		retry.hidden = state === "ok" || state === "starting";
		root.dataset.camera = state;
		if (state === "ok") seek();
		else tell(setup.say(state), state === "starting" ? "" : "bad");
	};

	const submit = async (why?: string) => {
		save.disabled = true;
		shots.lock(true);
		tell(setup.say("saving"));
		const answer = await sendShots(setup.post, shots.all(), why);
		shots.lock(false);
		shots.judge(answer.verdicts);
		showAnswer(root, setup, answer);
		if (answer.outcome !== "stored") {
			save.disabled = shots.wanted() !== undefined;
			tell(setup.say("review"));
			return;
		}
		tell(answer.message, "ok");
		closeCamera(video);
		shots.lock(true);
		setTimeout(() => {
			shots.wipe();
			location.assign(setup.done);
		}, 1_800);
	};

	save.addEventListener("click", () => void submit());
	retry.addEventListener("click", () => vision.retry());
	find("[data-override]").addEventListener("click", () => {
		const why = reason.value.trim();
		reason.setCustomValidity(why.length < 3 ? setup.say("reason") : "");
		if (reason.reportValidity()) void submit(why);
	});
	reason.addEventListener("input", () => reason.setCustomValidity(""));

	vision.start(video, (event) => {
		if (event.kind === "camera") camera(event.state);
		else if (event.kind === "shot") take(event);
		else if (shots.wanted()) guide(setup, event, shots.wanted()!, tell);
	});
}

/** Says the one thing to do now. */
function guide(
	{ say }: EnrolSetup,
	event: VisionEvent,
	pose: string,
	tell: (text: string, tone?: "" | "ok" | "bad") => void,
): void {
	if (event.kind === "nobody") tell(say("nobody"));
	if (event.kind === "several") tell(say("several"), "bad");
	if (event.kind !== "face") return;
	const asksForPose = event.advice.startsWith("turn_");
	if (event.advice === "ok") tell(say("hold"), "ok");
	else
		tell(
			say(asksForPose && event.advice !== "turn_to_front" ? event.advice : asksForPose ? pose : event.advice),
		);
}

function showAnswer(root: HTMLElement, { say }: EnrolSetup, answer: Answer): void {
	const result = root.querySelector<HTMLElement>(".enrol-result")!;
	const override = root.querySelector<HTMLElement>(".enrol-override")!;
	const asks = typeof answer.override === "string";
	override.hidden = !asks;
	if (asks) root.querySelector("[data-override-text]")!.textContent = answer.override ?? "";
	result.hidden = answer.outcome === "stored" || asks;
	result.textContent = answer.message || say("network");
}

/** Switches the lamp of the camera off as soon as it is not needed. */
function closeCamera(video: HTMLVideoElement): void {
	const stream = video.srcObject;
	if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
	video.srcObject = null;
}

const root = document.getElementById("enrol-camera");
if (root) run(root);
