/** Handlers of the batch upload: page, start, progress, stop; and the consent text alone, to be printed and signed. */
import { type AppError, invalid, notFound } from "../../server/base/app-error.ts";
import { BATCH_LIMITS, BATCH_MAX_BYTES } from "../../server/services/enrolment-batch.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { isLang, sayError } from "../../server/web/i18n.ts";
import { fragment, goTo, json, page } from "../../server/web/render.tsx";
import { failed, statusOf } from "../../server/web/status.tsx";
import { BatchPage, JobCard } from "./batch-page.tsx";
import type { Call } from "./call.ts";
import { ConsentPrintPage } from "./consent-print.tsx";
import type { EnrolPagesDeps } from "./deps.ts";

export const batchPage =
	(deps: EnrolPagesDeps) =>
	async ({ request }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const limits = { mb: BATCH_MAX_BYTES / 1_000_000, entries: BATCH_LIMITS.entries };
		const text = deps.consents.text(rc.lang);
		const job = deps.batches.latest();
		if (job) await deps.looks.atReport("enrolment-batch", {}, byOf(rc));
		const shown = <BatchPage rc={rc} faceOn={deps.isFaceOn()} text={text} job={job} limits={limits} />;
		return page(rc, shown);
	};

/** The zip itself as the body; the statement in the query. Answers JSON to the script of the page. */
export const batchStart =
	(deps: EnrolPagesDeps) =>
	async ({ request, query }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const { lang, version = "", signed } = query;
		if (!isLang(lang)) return refused(rc, invalid("errors.malformed"));
		const zip = new Uint8Array(await request.arrayBuffer());
		const statement = { signed: signed === "yes", version, lang };
		const started = await deps.batches.start(zip, statement, byOf(rc));
		return started.ok ? json({ jobId: started.value.jobId }) : refused(rc, started.error);
	};

const refused = (rc: SignedInContext, error: AppError): Response =>
	json({ error: { code: error.code, message: sayError(rc.t, error) } }, statusOf(error));

export const batchJob =
	(deps: EnrolPagesDeps) =>
	async ({ request, params }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const job = deps.batches.job(params.id ?? "");
		if (!job) return failed(request, notFound("errors.not_found"));
		if (!rc.fragment) return goTo(rc, "/enrolments/batch");
		await deps.looks.atReport("enrolment-batch", {}, byOf(rc), "renewed");
		return fragment(<JobCard rc={rc} job={job} />);
	};

export const batchCancel =
	(deps: EnrolPagesDeps) =>
	({ request, params }: Call): Response => {
		deps.batches.cancel(params.id ?? "");
		return goTo(signedIn(request), "/enrolments/batch");
	};

export const consentPrint =
	(deps: EnrolPagesDeps) =>
	({ request, query }: Call): Response => {
		const rc = signedIn(request);
		const text = deps.consents.text(isLang(query.lang) ? query.lang : rc.lang);
		return page(rc, <ConsentPrintPage rc={rc} text={text} />);
	};
