import { expect, test } from "bun:test";
import { offeredCode } from "./pair-link.ts";

test.each([
	["#pair=7KQ2M9XT", "7KQ2M9XT"],
	["", undefined],
	["#pair=", undefined],
	["#pair=7KQ2M9X", undefined],
	["#pair=7kq2m9xt", undefined],
	["#pair=7KQ2M9XT<b>", undefined],
])("%p offers %p", (hash, code) => {
	expect(offeredCode(hash)).toBe(code);
});
