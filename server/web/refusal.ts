/** What the edge answers when it turns a request away, before any page or session exists. */
import type { MessageVars } from "../base/app-error.ts";
import { langOfHeader, translatorOf } from "./i18n.ts";
import type { MessageKey } from "./messages.ts";

export interface Refusal {
	readonly status: number;
	readonly code: Extract<MessageKey, `edge.${string}`>;
	readonly vars?: MessageVars;
	readonly headers?: Readonly<Record<string, string>>;
}

const wantsText = (request: Request): boolean => (request.headers.get("accept") ?? "").includes("text/html");

/** A sentence for people, the usual error shape for everything else. Names nothing of the box. */
export function refuse(request: Request, { status, code, vars, headers }: Refusal): Response {
	const t = translatorOf(langOfHeader(request.headers.get("accept-language")) ?? "zh-CN");
	const message = t(code, vars);
	const shared = { ...headers, vary: "accept, accept-language" };
	if (!wantsText(request)) return Response.json({ error: { code, message } }, { status, headers: shared });
	return new Response(`${message}\n`, {
		status,
		headers: { ...shared, "content-type": "text/plain; charset=utf-8" },
	});
}
