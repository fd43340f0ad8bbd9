/** The name of an audited act in words. */
import type { RequestContext } from "../../server/web/context.ts";
import { isMessageKey } from "../../server/web/messages.ts";

/** An act without words is shown by its stable name, which the tests do not let happen. */
export function actText({ t }: Pick<RequestContext, "t">, action: string): string {
	const key = `audit.act.${action}`;
	return isMessageKey(key) ? t(key) : action;
}
