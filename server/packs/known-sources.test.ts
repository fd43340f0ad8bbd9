import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { FacePackSource } from "../protocol/face-pack.ts";
import { KNOWN_SOURCES } from "./known-sources.ts";

test("every known source keeps to the schema", () => {
	expect(KNOWN_SOURCES.flatMap((source) => [...Value.Errors(FacePackSource, source)])).toEqual([]);
});
