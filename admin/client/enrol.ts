/** Enrolment by webcam: live picture, advice in words, five frames taken by themselves, review, hand-over. Only JPEGs leave the page. */
import { makeVision } from "../../kiosk/vision/vision.ts";
import { guidance, type VisionEvent } from "./enrolling/guidance.ts";
import { makeScreen, type Screen } from "./enrolling/screen.ts";
import { sendShots } from "./enrolling/send.ts";
import { makeShots, type Shots } from "./enrolling/shots.ts";
import { type EnrolSetup, readSetup } from "./enrolling/words.ts";

/** Between two pictures, so that the person sees what happened and five frames are not one. */
const PAUSE_MS = 700;
/** Long enough to read that it worked. */
const DONE_MS = 1_800;

/** Then the screen turns white around the face; it stays so, or the light would come and go. */
const DIM: ReadonlySet<string> = new Set(["too_dark", "side_light"]);

interface Session {
	readonly setup: EnrolSetup;
	readonly screen: Screen;
	readonly shots: Shots;
	readonly vision: ReturnType<typeof makeVision>;
	/** The pictures are on their way or stored: nothing more is taken. */
	closed: boolean;
}

function run(root: HTMLElement): void {
	const setup = readSetup(root);
	const screen = makeScreen(root);
	const vision = makeVision(setup.assets);
	const shots = makeShots(root, setup, () => seek(session));
	const session: Session = { setup, screen, shots, vision, closed: false };
	screen.onSave(() => void submit(session));
	screen.onRetry(() => vision.retry());
	screen.onOverride(setup.say("reason"), (why) => void submit(session, why));
	vision.start(screen.video, (event) => hear(session, event));
}

/** Looks for the next pose, or rests for the review. */
function seek({ setup, screen, shots, vision, closed }: Session): void {
	if (closed) return;
	const pose = shots.wanted();
	screen.maySave(shots.all().length >= setup.least);
	screen.showPose(pose);
	vision.setMode(pose ? { kind: "enrol", pose } : { kind: "off" });
	screen.tell(setup.say(pose ?? "review"), pose ? "" : "ok");
}

function hear(session: Session, event: VisionEvent): void {
	const { setup, screen, shots } = session;
	if (event.kind === "camera") {
		screen.showCamera(event.state);
		if (event.state === "ok") seek(session);
		else screen.tell(setup.say(event.state), event.state === "starting" ? "" : "bad");
	} else if (event.kind === "shot") take(session, event);
	else {
		const wanted = shots.wanted();
		screen.showPose(wanted, event.kind === "face" ? event.yaw : undefined);
		if (event.kind === "face" && DIM.has(event.advice)) screen.lightUp();
		const advice = wanted && guidance(event, wanted);
		if (advice) screen.tell(setup.say(advice.word), advice.tone);
	}
}

function take(session: Session, event: Extract<VisionEvent, { kind: "shot" }>): void {
	if (!session.shots.take(event.pose, event.jpeg)) return;
	session.vision.setMode({ kind: "off" });
	session.screen.flash(true);
	setTimeout(() => {
		session.screen.flash(false);
		seek(session);
	}, PAUSE_MS);
}

async function submit(session: Session, reason?: string): Promise<void> {
	const { setup, screen, shots, vision } = session;
	session.closed = true;
	vision.setMode({ kind: "off" });
	screen.maySave(false);
	shots.lock(true);
	screen.tell(setup.say("saving"));
	const answer = await sendShots(setup.post, shots.all(), reason);
	shots.judge(answer.verdicts);
	if (answer.outcome === "stored") {
		screen.tell(answer.message, "ok");
		screen.showAnswer();
		screen.closeCamera();
		setTimeout(() => {
			shots.wipe();
			location.assign(setup.done);
		}, DONE_MS);
		return;
	}
	session.closed = false;
	shots.lock(false);
	screen.showAnswer(answer.message || setup.say("network"), answer.override ?? undefined);
	seek(session);
}

const root = document.getElementById("enrol-camera");
if (root) run(root);
