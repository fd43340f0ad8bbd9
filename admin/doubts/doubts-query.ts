/** The filters of the doubts inbox as they stand in the address. */
import { isId } from "../../server/base/ids.ts";
import { rawValue } from "../../server/web/forms.ts";
import { REASONS } from "../days/punch-words.ts";

export interface DoubtsQuery {
	readonly decided: boolean;
	readonly reason: (typeof REASONS)[number] | "";
	/** Sequence number of the cursor. */
	readonly before: number | undefined;
	/** The punch that was decided a moment ago. */
	readonly done: string | undefined;
}

export function readDoubtsQuery(query: unknown): DoubtsQuery {
	const reason = rawValue(query, "reason");
	const before = Number(rawValue(query, "before"));
	const done = rawValue(query, "done");
	return {
		decided: rawValue(query, "state") === "decided",
		reason: REASONS.find((one) => one === reason) ?? "",
		before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
		done: isId(done) ? done : undefined,
	};
}

export function doubtsHref({ decided, reason, before }: Omit<DoubtsQuery, "done">): string {
	const params = new URLSearchParams();
	if (decided) params.set("state", "decided");
	if (reason) params.set("reason", reason);
	if (before !== undefined) params.set("before", String(before));
	const text = params.toString();
	return text ? `/doubts?${text}` : "/doubts";
}
