/** Routes of the import: choose a file, watch it being checked, see what would happen, carry it out. */
import { Elysia } from "elysia";
import type { AppError } from "../../server/base/app-error.ts";
import { invalid, notFound } from "../../server/base/app-error.ts";
import type { Looks } from "../../server/services/looks.ts";
import { IMPORT_MAX_BYTES, type PeopleImport } from "../../server/services/people-import.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { download } from "../../server/web/download.ts";
import { rawValue } from "../../server/web/forms.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { ImportJobPage, JobPanel } from "./import-job.tsx";
import { ImportStart } from "./import-start.tsx";
import { importTemplate } from "./import-template.ts";

export interface ImportPagesDeps {
	readonly peopleImport: PeopleImport;
	readonly looks: Pick<Looks, "atReport">;
}

const HOME = "/people/import";

export const importPages = ({ peopleImport, looks }: ImportPagesDeps) =>
	new Elysia({ name: "import" })
		.get(HOME, ({ request }) => showStart(peopleImport, signedIn(request)))
		.get(`${HOME}/template`, async ({ request, query }) =>
			download(await importTemplate(signedIn(request), rawValue(query, "format"))),
		)
		.post(HOME, ({ request, body }) => upload(peopleImport, signedIn(request), body))
		.get(`${HOME}/:job`, async ({ request, params }) => {
			const rc = signedIn(request);
			const job = peopleImport.find(params.job, byOf(rc));
			if (!job) return errorAnswer(request, notFound("import.gone"));
			if (job.state.kind === "planned")
				await looks.atReport("import", {}, byOf(rc), rc.fragment ? "renewed" : "opened");
			if (rc.fragment) return fragment(<JobPanel rc={rc} job={job} />);
			return page(rc, <ImportJobPage rc={rc} job={job} />);
		})
		.post(`${HOME}/:job/confirm`, async ({ request, params }) => {
			const rc = signedIn(request);
			const result = await peopleImport.confirm(params.job, byOf(rc));
			return result.ok ? goTo(rc, `${HOME}/${params.job}`) : errorAnswer(request, result.error);
		})
		.post(`${HOME}/:job/cancel`, ({ request, params }) => {
			const rc = signedIn(request);
			peopleImport.cancel(params.job, byOf(rc));
			return goTo(rc, HOME);
		});

const showStart = (peopleImport: PeopleImport, rc: SignedInContext, error?: AppError): Response => {
	const running = peopleImport.running();
	return page(rc, <ImportStart rc={rc} error={error} running={running} />, error ? statusOf(error) : 200);
};

async function upload(peopleImport: PeopleImport, rc: SignedInContext, body: unknown): Promise<Response> {
	const again = (error: AppError) => showStart(peopleImport, rc, error);
	const file = typeof body === "object" && body !== null && "file" in body ? body.file : undefined;
	if (!(file instanceof File) || file.size === 0) return again(invalid("import.empty", "file"));
	if (file.size > IMPORT_MAX_BYTES)
		return again(invalid("import.file_too_big", "file", { max: IMPORT_MAX_BYTES / 1_000_000 }));
	const job = peopleImport.start(file.name.slice(0, 120), await file.bytes(), byOf(rc));
	return job.ok ? goTo(rc, `${HOME}/${job.value.id}`) : again(job.error);
}
