/** Reads what the passkey script sends back. The library judges the inner part; here only the outer shape counts. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { PasskeyAnswer } from "../../server/services/passkeys.ts";

const Answer = Type.Object({
	ticket: Type.String({ maxLength: 100 }),
	response: Type.Object({ id: Type.String({ maxLength: 1024 }) }, { additionalProperties: true }),
});

/** Undefined for anything else. */
export const readAnswer = (body: unknown): PasskeyAnswer | undefined =>
	Value.Check(Answer, body) ? body : undefined;
