/** Browser side of the gallery: draws the state named in `#<name>` with the page's own components. */
import { render } from "preact";
import { App } from "../../kiosk/app/app.tsx";
import { type GalleryWords, galleryStates } from "./kiosk-gallery-states.ts";

const nothing = () => undefined;

/** Plays whatever the browser's camera gives into the mirror. */
async function mirror(video: HTMLVideoElement | null): Promise<void> {
	if (!video || video.srcObject) return;
	video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
	await video.play();
}

/** Called by the runner for each state; false when there is no such state. */
function drawState(name: string, words: GalleryWords): boolean {
	const state = galleryStates(words)[name];
	if (!state) return false;
	document.documentElement.lang = words.lang;
	document.documentElement.classList.toggle("elder", state.elder);
	const app = (
		<App state={state} send={nothing} video={mirror} onRetryCamera={nothing} onPairAgain={nothing} />
	);
	render(app, document.getElementById("kiosk")!);
	return true;
}

Object.assign(globalThis, {
	drawState,
	stateNames: (words: GalleryWords) => Object.keys(galleryStates(words)),
});
