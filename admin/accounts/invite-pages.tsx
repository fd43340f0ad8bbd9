/** Routes of taking up an invitation: password, app, recovery codes, signed in. */
import { Elysia } from "elysia";
import type { AccountRow } from "../../db/account.ts";
import { type AppError, notFound } from "../../server/base/app-error.ts";
import type { OwnAccount } from "../../server/services/own-account.ts";
import type { TotpEnrolment, TotpOffer } from "../../server/services/totp-enrolment.ts";
import { contextOf, originOf, type RequestContext } from "../../server/web/context.ts";
import { SESSION_COOKIE, setCookie } from "../../server/web/cookies.ts";
import { asFieldErrors, type FieldErrors, parseForm, secret, text } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { Notice } from "../frame/badge.tsx";
import { PlainLayout } from "../frame/plain-layout.tsx";
import { NewPassword } from "../login/new-password.tsx";
import { RecoveryCodes } from "../login/recovery-codes.tsx";
import { TotpSetup } from "../login/totp-setup.tsx";

export interface InvitePagesDeps {
	readonly own: Pick<OwnAccount, "invited" | "takeUp">;
	readonly enrolment: TotpEnrolment;
}

export const invitePages = (deps: InvitePagesDeps) =>
	new Elysia({ name: "invite" })
		.get("/invite/:token", ({ request, params }) => show(deps, request, params.token))
		.post("/invite/:token", ({ request, params, body }) => take(deps, request, params.token, body));

const FORM = { password: secret(), code: text({ max: 10 }) };

interface Refusal {
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}

function show(
	deps: InvitePagesDeps,
	request: Request,
	token: string,
	refusal: Refusal = {},
	status = 200,
): Response {
	const rc = contextOf(request);
	const account = deps.own.invited(token);
	if (!account) return errorAnswer(request, notFound("accounts.invite_over"));
	const offer = deps.enrolment.offer(account.id, rc.siteName, account.login);
	return page(rc, <Welcome rc={rc} account={account} token={token} offer={offer} {...refusal} />, status);
}

async function take(
	deps: InvitePagesDeps,
	request: Request,
	token: string,
	body: unknown,
): Promise<Response> {
	const rc = contextOf(request);
	const form = parseForm(body, FORM);
	if (!form.ok) return show(deps, request, token, { errors: form.error }, 422);
	const { password, code } = form.value;
	const result = await deps.own.takeUp(token, password, code, originOf(request, rc));
	if (!result.ok) {
		const { error } = result;
		if (error.kind === "not_found") return errorAnswer(request, error);
		return show(
			deps,
			request,
			token,
			error.field ? { errors: asFieldErrors(error) } : { error },
			statusOf(error),
		);
	}
	const answer = page(rc, <CodesPage rc={rc} codes={result.value.recoveryCodes} />);
	answer.headers.append("set-cookie", setCookie(SESSION_COOKIE, result.value.session));
	return answer;
}

interface WelcomeProps extends Refusal {
	readonly rc: RequestContext;
	readonly account: AccountRow;
	readonly token: string;
	readonly offer: TotpOffer;
}

const Welcome = ({ rc, account, token, offer, errors, error }: WelcomeProps) => {
	const { name, login, role } = account;
	const title = rc.t("accounts.welcome.title", { name });
	return (
		<PlainLayout rc={rc} title={title} width="wide" scripts={["admin/password-hints.js"]}>
			<div class="plain-card">
				<h1>{title}</h1>
				<p class="lead">
					{rc.t("accounts.welcome.lead", { site: rc.siteName, role: rc.t(`app.role.${role}`), login })}
				</p>
				{error && <Notice tone="bad">{sayError(rc.t, error)}</Notice>}
				<form method="post" action={`/invite/${token}`}>
					<input type="hidden" name="login" value={login} autocomplete="username" />
					<NewPassword rc={rc} label={rc.t("login.password")} errors={errors} />
					<TotpSetup rc={rc} offer={offer} errors={errors} />
					<div class="form-foot">
						<button type="submit">{rc.t("accounts.welcome.submit")}</button>
					</div>
				</form>
			</div>
		</PlainLayout>
	);
};

const CodesPage = ({ rc, codes }: { rc: RequestContext; codes: readonly string[] }) => (
	<PlainLayout rc={rc} title={rc.t("accounts.codes.title")} width="wide">
		<div class="plain-card">
			<h1>{rc.t("accounts.codes.title")}</h1>
			<p class="lead">{rc.t("accounts.codes.lead")}</p>
			<RecoveryCodes rc={rc} codes={codes} />
			<div class="form-foot">
				<a class="button" href="/">
					{rc.t("accounts.codes.done")}
				</a>
			</div>
		</div>
	</PlainLayout>
);
