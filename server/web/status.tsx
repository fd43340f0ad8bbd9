/** Expected failures and accidents → HTTP answers: the one place that knows status codes. Pages get a page, htmx a part, scripts JSON. */
import type { VNode } from "preact";
import { ErrorNote, ErrorPage } from "../../admin/frame/error-page.tsx";
import { isDiskFull } from "../../db/store.ts";
import type { AppError, ErrorKind } from "../base/app-error.ts";
import { contextIfAny } from "./context.ts";
import { sayError, translatorOf } from "./i18n.ts";
import { fragment, json, page } from "./render.tsx";

const STATUS: Readonly<Record<ErrorKind, number>> = {
	invalid: 422,
	not_found: 404,
	conflict: 409,
	forbidden: 403,
	unavailable: 503,
};

/** Codes whose status is more telling than their kind's. */
const BY_CODE: Readonly<Record<string, number>> = {
	"errors.signed_out": 401,
	"errors.wait": 429,
	"errors.busy": 429,
	"errors.too_large": 413,
	"errors.malformed": 400,
};

export const statusOf = (error: AppError): number => BY_CODE[error.code] ?? STATUS[error.kind];

/** True for routes that scripts call: they get JSON whatever they accept. */
export const wantsJson = (request: Request): boolean =>
	new URL(request.url).pathname.startsWith("/api/") ||
	(request.headers.get("content-type") ?? "").startsWith("application/json");

/** The answer to an expected failure. A foreign object and a missing one look the same when the service says so. */
export function errorAnswer(request: Request, error: AppError): Response {
	const rc = contextIfAny(request);
	const t = rc?.t ?? translatorOf("zh-CN");
	const status = statusOf(error);
	if (!rc || wantsJson(request)) return withWait(json(errorBody(error, sayError(t, error)), status), error);
	const tree: VNode = rc.fragment ? (
		<ErrorNote rc={rc} error={error} />
	) : (
		<ErrorPage rc={rc} error={error} status={status} />
	);
	return withWait(rc.fragment ? fragment(tree, status) : page(rc, tree, status), error);
}

/** The JSON shape of every failure. */
const errorBody = (error: AppError, message: string) => ({
	error: { code: error.code, message, ...(error.field ? { field: error.field } : {}) },
});

function withWait(response: Response, error: AppError): Response {
	const seconds = error.vars?.seconds;
	if (statusOf(error) === 429) response.headers.set("retry-after", String(seconds ?? 5));
	return response;
}

/** The answer to a page's failure when the handler already has the context. */
export const failed = (request: Request, error: AppError): Response => errorAnswer(request, error);

/** What Elysia reports as `code` in `onError`. */
export function accidentAnswer(
	request: Request,
	code: unknown,
	error: unknown,
	log: (error: unknown) => void,
): Response {
	if (code === "NOT_FOUND") return errorAnswer(request, { kind: "not_found", code: "errors.not_found" });
	if (
		code === "PARSE" ||
		code === "VALIDATION" ||
		code === "INVALID_COOKIE_SIGNATURE" ||
		code === "INVALID_FILE_TYPE"
	)
		return errorAnswer(request, { kind: "invalid", code: "errors.malformed" });
	log(error);
	if (isDiskFull(error)) return errorAnswer(request, { kind: "unavailable", code: "errors.disk_full" });
	return accidentPage(request);
}

function accidentPage(request: Request): Response {
	const error: AppError = { kind: "unavailable", code: "errors.accident" };
	const answer = errorAnswer(request, error);
	return new Response(answer.body, { status: 500, headers: answer.headers });
}
