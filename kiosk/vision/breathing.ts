/** Lets the page paint and answer touches between the stages of a frame, which each hold the thread for up to 50 ms. */
import type { FaceNet } from "../../server/recognition/look.ts";

/** The same net, yielding before each call. */
export const breathing = (net: FaceNet): FaceNet => ({
	...net,
	detect: (chip) => breath().then(() => net.detect(chip)),
	landmarks: (chip) => breath().then(() => net.landmarks(chip)),
	describe: (chips) => breath().then(() => net.describe(chips)),
});

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** One turn of the event loop, without the 4 ms a timer costs. */
export const breath = (): Promise<void> =>
	new Promise((resume) => {
		waiting.push(resume);
		port2.postMessage(0);
	});
