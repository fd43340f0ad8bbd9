import { expect, test } from "bun:test";
import { heldClock } from "../../test/shop-world.ts";
import { NONCE_LIFE_MS } from "../protocol/signing.ts";
import { makeKioskNonces } from "./kiosk-nonces.ts";

test("serves once, for its own kiosk, while it is young", () => {
	const clock = heldClock();
	const nonces = makeKioskNonces(clock);
	const nonce = nonces.issue("a");
	expect(nonces.issue("a")).not.toBe(nonce);
	expect(nonces.stateOf("b", nonce)).toBe("unknown");
	clock.pass(NONCE_LIFE_MS);
	expect(nonces.stateOf("a", nonce)).toBe("fresh");
	nonces.spend("a", nonce);
	expect(nonces.stateOf("a", nonce)).toBe("unknown");
	clock.pass(1);
	expect(nonces.stateOf("a", nonce)).toBe("old");
});

test("neither asking nor guessing touches a nonce that is out", () => {
	const nonces = makeKioskNonces(heldClock());
	const held = nonces.issue("a");
	for (let i = 0; i < 10_000; i++) nonces.issue("a");
	expect(nonces.stateOf("a", held)).toBe("fresh");
});

test("any changed character, another length and another box's nonce are unknown", () => {
	const clock = heldClock();
	const nonces = makeKioskNonces(clock);
	const nonce = nonces.issue("a");
	for (let i = 0; i < nonce.length; i++) {
		const bent = nonce.slice(0, i) + (nonce[i] === "A" ? "B" : "A") + nonce.slice(i + 1);
		expect(nonces.stateOf("a", bent)).toBe("unknown");
	}
	for (const text of ["", "A", `${nonce}A`, nonce.slice(1), "*".repeat(nonce.length)])
		expect(nonces.stateOf("a", text)).toBe("unknown");
	expect(makeKioskNonces(clock).stateOf("a", nonce)).toBe("unknown");
});

test("remembers a bounded number; a full list refuses instead of forgetting, and empties with time", () => {
	const clock = heldClock();
	const nonces = makeKioskNonces(clock, 3);
	const all = [1, 2, 3, 4].map(() => nonces.issue("a"));
	for (const nonce of all.slice(0, 3)) nonces.spend("a", nonce);
	expect(all.map((nonce) => nonces.stateOf("a", nonce))).toEqual(Array(4).fill("unknown"));
	expect(nonces.stateOf("b", nonces.issue("b"))).toBe("fresh");
	clock.pass(NONCE_LIFE_MS + 1);
	expect(nonces.stateOf("a", nonces.issue("a"))).toBe("fresh");
});
