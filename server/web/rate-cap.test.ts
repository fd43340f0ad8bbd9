import { expect, test } from "bun:test";
import fc from "fast-check";
import { addressBlock, clientAddress, isLoopback } from "./client-address.ts";
import { makeRateCap } from "./rate-cap.ts";

function handClock() {
	let ms = 0;
	return { nowMs: () => ms, monoMs: () => ms, pass: (more: number) => (ms += more) };
}

test("a full bucket empties, refills at its pace and never overflows", () => {
	const clock = handClock();
	const cap = makeRateCap({ perSec: 2, burst: 3 }, clock);
	expect([cap.take("a"), cap.take("a"), cap.take("a"), cap.take("a")]).toEqual([0, 0, 0, 1]);
	expect(cap.take("b")).toBe(0);
	clock.pass(500);
	expect([cap.take("a"), cap.take("a")]).toEqual([0, 1]);
	clock.pass(60_000);
	expect([1, 2, 3, 4].map(() => cap.take("a"))).toEqual([0, 0, 0, 1]);
});

test("the time to wait is the time until a token is there", () => {
	const clock = handClock();
	const cap = makeRateCap({ perSec: 0.1, burst: 1 }, clock);
	cap.take("a");
	expect(cap.take("a")).toBe(10);
	clock.pass(10_000);
	expect(cap.take("a")).toBe(0);
});

test("memory is bounded, and the one silent for longest is forgotten", () => {
	const cap = makeRateCap({ perSec: 0.001, burst: 1, maxKeys: 100 }, handClock());
	cap.take("first");
	for (let i = 0; i < 1000; i++) cap.take(`k${i}`);
	expect(cap.size()).toBe(100);
	expect(cap.take("first")).toBe(0);
	expect(cap.take("k999")).toBeGreaterThan(0);
});

test("never more than burst plus pace, whatever the rhythm", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (pauses) => {
			const clock = handClock();
			const cap = makeRateCap({ perSec: 5, burst: 10 }, clock);
			const granted = pauses.filter((pause) => {
				clock.pass(pause);
				return cap.take("a") === 0;
			}).length;
			const elapsedMs = pauses.reduce((sum, pause) => sum + pause, 0);
			return granted <= 10 + Math.ceil((elapsedMs / 1000) * 5);
		}),
	);
});

test("addresses are read from the socket, IPv6 neighbours count as one", () => {
	const server = (address: string) => ({ requestIP: () => ({ address }), timeout: () => undefined });
	const request = new Request("https://localhost/", { headers: { "x-forwarded-for": "1.2.3.4" } });
	expect(clientAddress(request, server("::ffff:192.168.1.9"))).toBe("192.168.1.9");
	expect(clientAddress(request, { ...server(""), requestIP: () => null })).toBe("unknown");
	expect(addressBlock("192.168.1.9")).toBe("192.168.1.9");
	expect(addressBlock("fd00:1:2:3::9")).toBe(addressBlock("fd00:1:2:3:aaaa:bbbb:cccc:dddd"));
	expect(addressBlock("fd00:1:2:4::9")).not.toBe(addressBlock("fd00:1:2:3::9"));
	expect(addressBlock("fd00::9")).toBe("fd00:0:0:0");
	expect([isLoopback("127.0.0.53"), isLoopback("::1"), isLoopback("128.0.0.1")]).toEqual([true, true, false]);
});
