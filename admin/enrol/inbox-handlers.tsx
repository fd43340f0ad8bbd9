/** Handlers of the inbox: the list, and decisions one by one or several at once. */
import { findAccount } from "../../db/account.ts";
import {
	countEnrolled,
	enrolmentById,
	type PendingEnrolment,
	pendingEnrolments,
	photosOf,
} from "../../db/enrolment.ts";
import { type AppError, conflict } from "../../server/base/app-error.ts";
import { fail } from "../../server/base/result.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { rawValue, rawValues } from "../../server/web/forms.ts";
import { sayError } from "../../server/web/i18n.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { failed, statusOf } from "../../server/web/status.tsx";
import type { Call } from "./call.ts";
import type { EnrolPagesDeps } from "./deps.ts";
import { type InboxItem, InboxPage } from "./inbox-page.tsx";

/** So many photos are decided on one page. */
const PAGE_SIZE = 30;

type Problems = ReadonlyMap<string, AppError>;

async function showInbox(
	deps: EnrolPagesDeps,
	rc: SignedInContext,
	problems: Problems,
	status = 200,
): Promise<Response> {
	await deps.looks.atReport("enrolments", {}, byOf(rc));
	const items = pendingEnrolments(deps.store, PAGE_SIZE).map((row) => {
		const problem = problems.get(row.id);
		return {
			...row,
			photos: photosOf(deps.store, row.id),
			problem: problem && sayError(rc.t, problem),
			mayOverride: problem?.code === "enrol.same_as_named",
			excused: excuseOf(deps, rc, row),
		};
	});
	const counts = countEnrolled(deps.store);
	return page(rc, <InboxPage rc={rc} items={items} counts={counts} faceOn={deps.isFaceOn()} />, status);
}

function excuseOf(
	{ store }: EnrolPagesDeps,
	rc: SignedInContext,
	{ excusedBy, excuse }: PendingEnrolment,
): InboxItem["excused"] {
	if (excusedBy === null) return undefined;
	const by = findAccount(store, excusedBy)?.name ?? rc.t("enrol.consent.by_unknown");
	return { by, why: excuse ?? "", mine: excusedBy === rc.viewer.id };
}

export const inboxPage =
	(deps: EnrolPagesDeps) =>
	({ request }: Call): Promise<Response> =>
		showInbox(deps, signedIn(request), new Map());

export const approveOne =
	(deps: EnrolPagesDeps) =>
	async ({ request, params, body }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const id = params.id ?? "";
		const reason = rawValue(body, "reason").trim().slice(0, 200);
		const approved = await deps.enrolments.approve(id, byOf(rc), reason.length >= 3 ? reason : undefined);
		const flash = approved.ok && approved.value.waits ? "enrol.second.waits" : "enrol.inbox.approved";
		if (approved.ok) return goTo(rc, "/enrolments", { flash });
		return showInbox(deps, rc, new Map([[id, approved.error]]), statusOf(approved.error));
	};

export const approveMany =
	(deps: EnrolPagesDeps) =>
	async ({ request, body }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const problems = new Map<string, AppError>();
		for (const id of rawValues(body, "id").slice(0, PAGE_SIZE)) {
			// The word of a second person is given one by one, never in passing.
			const needsSecond = typeof enrolmentById(deps.store, id)?.excusedBy === "string";
			const approved = needsSecond
				? fail(conflict("enrol.second_alone"))
				: await deps.enrolments.approve(id, byOf(rc));
			if (!approved.ok) problems.set(id, approved.error);
		}
		if (problems.size > 0) return showInbox(deps, rc, problems, 409);
		return goTo(rc, "/enrolments", { flash: "enrol.inbox.approved_many" });
	};

export const rejectOne =
	(deps: EnrolPagesDeps) =>
	async ({ request, params }: Call): Promise<Response> => {
		const rc = signedIn(request);
		const rejected = await deps.enrolments.reject(params.id ?? "", byOf(rc));
		if (!rejected.ok) return failed(request, rejected.error);
		return goTo(rc, "/enrolments", { flash: "enrol.inbox.rejected" });
	};
