/** The page of the vision test: eyes, a video, and a list of what they said. */
import type { VisionEvent, VisionMode } from "../../kiosk/app/vision-port.ts";
import { makeVision } from "../../kiosk/vision/vision.ts";
import type { FaceNetNews } from "../../server/protocol/kiosk.ts";

const said: { atMs: number; event: VisionEvent }[] = [];
const vision = makeVision({ faceApi: "/face-api.js", models: "/models", wasm: "/wasm" });
const video = document.createElement("video");
document.body.append(video);
vision.start(video, (event) => said.push({ atMs: performance.now(), event }));
Object.assign(window, {
	said,
	setMode: (mode: VisionMode) => vision.setMode(mode),
	useNet: (news: FaceNetNews | undefined) => vision.useNet(news),
});
