/** The face engine when its Worker dies, hangs, has a bug or never starts: every photo gets an answer and the next one works. */
import { afterEach, expect, test } from "bun:test";
import {
	type FaceEngine,
	type FaceEngineOptions,
	makeFaceEngine,
} from "../../server/recogniser/face-engine.ts";

const workerUrl = new URL("./broken-worker.ts", import.meta.url).href;
const [DIE, HANG, BUG, FINE] = [1, 2, 3, 9].map((wish) => Uint8Array.of(wish)) as [
	Uint8Array,
	Uint8Array,
	Uint8Array,
	Uint8Array,
];

let engine: FaceEngine;
const make = (options: FaceEngineOptions = {}) => {
	engine = makeFaceEngine({ workerUrl, jobTimeoutMs: 300, ...options });
	return engine;
};
afterEach(() => engine.stop());

const ask = async (wish: Uint8Array) => {
	const result = await engine.describePhoto(wish);
	return result.ok ? "described" : result.error.code;
};

test("a Worker that dies costs one photo; those waiting are served by the next", async () => {
	make();
	expect(await Promise.all([ask(FINE), ask(DIE), ask(FINE)])).toEqual([
		"described",
		"face.down",
		"described",
	]);
	expect(engine.status()).toMatchObject({ state: "ready", restarts: 1 });
});

test("a Worker that hangs is replaced", async () => {
	make();
	expect(await Promise.all([ask(HANG), ask(FINE)])).toEqual(["face.timeout", "described"]);
	expect(engine.status().lastFault).toContain("too long");
});

test("a bug costs one photo and no restart, and is reported", async () => {
	const faults: string[] = [];
	make({ onFault: (reason) => faults.push(reason) });
	expect(await Promise.all([ask(BUG), ask(FINE)])).toEqual(["face.down", "described"]);
	expect(faults).toEqual(["a bug"]);
	expect(engine.status().restarts).toBe(0);
});

test("a full line is refused at once", async () => {
	make({ capacity: 2 });
	const answers = await Promise.all([ask(HANG), ask(FINE), ask(FINE), ask(FINE)]);
	expect(answers).toContain("face.busy");
	expect(answers).toContain("described");
});

test("a Worker that never starts ends in `broken`, and warmUp tries again", async () => {
	make({ workerUrl: new URL("./no-such-worker.ts", import.meta.url).href });
	expect(await ask(FINE)).toBe("face.down");
	expect(engine.status().state).toBe("broken");
	expect(await ask(FINE)).toBe("face.down");
	expect(await engine.warmUp()).toBe(false);
});

test("idle: the Worker ends and the next photo starts a new one", async () => {
	make({ idleStopMs: 30 });
	expect(await ask(FINE)).toBe("described");
	while (engine.status().state !== "off") await Bun.sleep(5);
	expect(await ask(FINE)).toBe("described");
	expect(engine.status().restarts).toBe(0);
});

test("stop answers everyone and later photos", async () => {
	make();
	const waiting = [ask(HANG), ask(FINE)];
	await engine.warmUp();
	engine.stop();
	expect(await Promise.all(waiting)).toEqual(["face.down", "face.down"]);
	expect(await ask(FINE)).toBe("face.down");
	expect(await engine.warmUp()).toBe(false);
});
