/** What people see of a failure: a page, or a note in the place of a part. Always says what to do next. */
import type { AppError } from "../../server/base/app-error.ts";
import type { RequestContext } from "../../server/web/context.ts";
import { sayCode, sayError } from "../../server/web/i18n.ts";
import { Notice } from "./badge.tsx";
import { PlainLayout } from "./plain-layout.tsx";

export interface ErrorProps {
	readonly rc: RequestContext;
	readonly error: AppError;
}

export function ErrorPage({ rc, error, status }: ErrorProps & { readonly status: number }) {
	const title = sayCode(rc.t, `errors.page.${error.code === "errors.accident" ? 500 : status}`);
	return (
		<PlainLayout rc={rc} title={title}>
			<div class="plain-card error-card">
				<p class="error-status tabular">{error.code === "errors.accident" ? 500 : status}</p>
				<h1>{title}</h1>
				<p>{sayError(rc.t, error)}</p>
				<a class="button" href="/">
					{rc.t("errors.page.home")}
				</a>
			</div>
		</PlainLayout>
	);
}

export const ErrorNote = ({ rc, error }: ErrorProps) => <Notice tone="bad">{sayError(rc.t, error)}</Notice>;
