/** Routes of one's own account. */
import { Elysia } from "elysia";
import { countUnusedRecoveryCodes, findAccount, listPasskeys } from "../../db/account.ts";
import { listSessions } from "../../db/session.ts";
import type { Db } from "../../db/store.ts";
import { type AppError, invalid } from "../../server/base/app-error.ts";
import type { OwnAccount } from "../../server/services/own-account.ts";
import type { Passkeys } from "../../server/services/passkeys.ts";
import type { TotpEnrolment } from "../../server/services/totp-enrolment.ts";
import { byOf, signedIn } from "../../server/web/context.ts";
import { dayOf } from "../../server/web/format.ts";
import {
	asFieldErrors,
	type FieldErrors,
	parseForm,
	rawValue,
	secret,
	text,
} from "../../server/web/forms.ts";
import { partyOf } from "../../server/web/relying-party.ts";
import { goTo, json, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { readAnswer } from "../login/passkey-answer.ts";
import { RecoveryCodes } from "../login/recovery-codes.tsx";
import { TotpSetup } from "../login/totp-setup.tsx";
import { ProfileView } from "./profile-view.tsx";

export interface ProfileDeps {
	readonly db: Db;
	readonly own: OwnAccount;
	readonly passkeys: Passkeys;
	readonly enrolment: TotpEnrolment;
}

export const profilePages = (deps: ProfileDeps) =>
	new Elysia({ name: "profile" })
		.get("/profile", ({ request }) => show(deps, request))
		.post("/profile", ({ request, body }) => takeName(deps, request, body))
		.post("/profile/password", ({ request, body }) => takePassword(deps, request, body))
		.get("/profile/totp", ({ request }) => showTotp(deps, request))
		.post("/profile/totp", ({ request, body }) => takeTotp(deps, request, body))
		.post("/profile/recovery", ({ request }) => newCodes(deps, request))
		.post("/profile/passkeys/options", ({ request }) => offerPasskey(deps, request))
		.post("/profile/passkeys", ({ request, body }) => takePasskey(deps, request, body))
		.post("/profile/passkeys/remove", ({ request, body }) => removePasskey(deps, request, body))
		.post("/profile/sessions/end", async ({ request }) => {
			const rc = signedIn(request);
			await deps.own.endOtherSessions(rc.viewer.id, rc.session.tokenHash, byOf(rc));
			return goTo(rc, "/profile", { flash: "accounts.sessions.ended" });
		});

interface Refusal {
	readonly errors?: FieldErrors;
	readonly error?: AppError;
}
const refusalOf = (error: AppError): Refusal => (error.field ? { errors: asFieldErrors(error) } : { error });

function show({ db }: ProfileDeps, request: Request, refusal: Refusal = {}, status = 200): Response {
	const rc = signedIn(request);
	const { id } = rc.viewer;
	const view = (
		<ProfileView
			rc={rc}
			hasTotp={findAccount(db, id)?.totpSealed != null}
			passkeys={listPasskeys(db, id)}
			codesLeft={countUnusedRecoveryCodes(db, id)}
			sessions={listSessions(db, id)}
			canPasskey={partyOf(request, "") !== undefined}
			{...refusal}
		/>
	);
	return page(rc, view, status);
}

async function takeName(deps: ProfileDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, { name: text({ max: 60 }) });
	if (!form.ok) return show(deps, request, { errors: form.error }, 422);
	await deps.own.rename(rc.viewer.id, form.value.name, byOf(rc));
	return goTo(rc, "/profile", { flash: "app.saved" });
}

async function takePassword(deps: ProfileDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, { password: secret() });
	if (!form.ok) return show(deps, request, { errors: form.error }, 422);
	const { viewer, session } = rc;
	const result = await deps.own.changePassword(viewer.id, form.value.password, session.tokenHash, byOf(rc));
	if (result.ok) return goTo(rc, "/profile", { flash: "accounts.profile.password_done" });
	return show(deps, request, refusalOf(result.error), statusOf(result.error));
}

function showTotp({ enrolment }: ProfileDeps, request: Request, errors?: FieldErrors): Response {
	const rc = signedIn(request);
	const title = rc.t("accounts.profile.totp_start");
	const offer = enrolment.offer(rc.viewer.id, rc.siteName, rc.viewer.login);
	const crumbs = [{ label: rc.t("accounts.profile.title"), href: "/profile" }, { label: title }];
	const tree = (
		<Layout rc={rc} title={title} width="narrow" crumbs={crumbs}>
			<PageHeader title={title} />
			<form method="post" action="/profile/totp" class="card">
				<TotpSetup rc={rc} offer={offer} errors={errors} />
				<div class="form-foot">
					<button type="submit">{rc.t("accounts.profile.totp_submit")}</button>
				</div>
			</form>
		</Layout>
	);
	return page(rc, tree, errors ? 422 : 200);
}

async function takeTotp(deps: ProfileDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const result = await deps.own.changeTotp(rc.viewer.id, rawValue(body, "code").slice(0, 10), byOf(rc));
	if (!result.ok) return showTotp(deps, request, asFieldErrors(result.error, "code"));
	return goTo(rc, "/profile", { flash: "accounts.profile.totp_done" });
}

async function newCodes({ own }: ProfileDeps, request: Request): Promise<Response> {
	const rc = signedIn(request);
	const codes = await own.newRecoveryCodes(rc.viewer.id, byOf(rc));
	const title = rc.t("accounts.codes.title");
	const tree = (
		<Layout rc={rc} title={title} width="narrow">
			<PageHeader title={title} lead={rc.t("accounts.codes.lead")} />
			<Card>
				<RecoveryCodes rc={rc} codes={codes} />
				<div class="form-foot">
					<a class="button" href="/profile">
						{rc.t("accounts.codes.done")}
					</a>
				</div>
			</Card>
		</Layout>
	);
	return page(rc, tree);
}

async function offerPasskey({ db, passkeys }: ProfileDeps, request: Request): Promise<Response> {
	const rc = signedIn(request);
	const party = partyOf(request, rc.siteName);
	if (!party) return errorAnswer(request, invalid("login.passkey_refused"));
	const known = listPasskeys(db, rc.viewer.id).map((row) => row.id);
	return json(await passkeys.offer(party, rc.viewer, known));
}

async function takePasskey(deps: ProfileDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const party = partyOf(request, rc.siteName);
	const answer = readAnswer(body);
	if (!party || !answer) return errorAnswer(request, invalid("login.passkey_refused"));
	const name = rc.t("accounts.profile.passkeys_name", { when: dayOf(rc.nowMs, rc) });
	const result = await deps.passkeys.accept(party, rc.viewer, answer, name);
	if (!result.ok) return errorAnswer(request, result.error);
	await deps.own.addPasskey(result.value, byOf(rc));
	return json({ to: "/profile" });
}

async function removePasskey(deps: ProfileDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const result = await deps.own.removePasskey(rc.viewer.id, rawValue(body, "id"), byOf(rc));
	if (result.ok) return goTo(rc, "/profile", { flash: "accounts.profile.passkeys_removed" });
	return show(deps, request, refusalOf(result.error), statusOf(result.error));
}
