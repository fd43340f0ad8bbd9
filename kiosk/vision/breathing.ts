/** Lets the page paint and answer touches between the stages of a frame, which each hold the thread for up to 50 ms. */
import type { FaceNet } from "../../server/recognition/look.ts";

/** The same net, yielding before each call. */
export const breathing = (net: FaceNet): FaceNet => ({
	...net,
	detect: async (chip) => (await breath(), net.detect(chip)),
	landmarks: async (chip) => (await breath(), net.landmarks(chip)),
	describe: async (chips) => (await breath(), net.describe(chips)),
});

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** One turn of the event loop, without the 4 ms a timer costs. */
const breath = (): Promise<void> =>
	new Promise((resume) => {
		waiting.push(resume);
		port2.postMessage(0);
	});
