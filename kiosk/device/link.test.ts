import { expect, test } from "bun:test";
import { HEARTBEAT_MS, linkStateAfter, retryDelayMs } from "./link.ts";

test("one silent call is a hiccup, two are an outage", () => {
	expect([0, 1, 2, 9].map(linkStateAfter)).toEqual(["online", "reconnecting", "offline", "offline"]);
});

test("retries come quickly at first and never more than 10 s apart", () => {
	expect([0, 1, 2, 3, 4, 5, 50].map(retryDelayMs)).toEqual([
		HEARTBEAT_MS,
		1_000,
		2_000,
		4_000,
		8_000,
		10_000,
		10_000,
	]);
});
