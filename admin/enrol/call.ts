/** What a handler of a person's face page starts with: the viewer, and the person within the viewer's scope. */
import type { Employee } from "../../db/employee.ts";
import { notFound } from "../../server/base/app-error.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { failed } from "../../server/web/status.tsx";
import type { EnrolPagesDeps } from "./deps.ts";
import { type FaceFacts, faceFacts, visiblePerson } from "./subject.ts";

/** What Elysia hands to a handler, as far as these pages use it. */
export interface Call {
	readonly request: Request;
	readonly params: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, string | undefined>>;
	readonly body?: unknown;
}

export interface PersonCall {
	readonly rc: SignedInContext;
	readonly person: Employee;
	facts(): FaceFacts;
}

/** Runs `work` with the person of `:id`; answers "not found" for those outside the viewer's scope. */
export const withPerson =
	(deps: EnrolPagesDeps, work: (found: PersonCall, call: Call) => Response | Promise<Response>) =>
	(call: Call): Response | Promise<Response> => {
		const rc = signedIn(call.request);
		const person = visiblePerson(deps.store, rc.viewer, call.params.id ?? "");
		if (!person) return failed(call.request, notFound("people.not_found"));
		return work({ rc, person, facts: () => faceFacts(deps.store, person, deps.isFaceOn()) }, call);
	};

/** The same for pages that show the person: the look is listed in the audit first, once for a page and its parts. */
export const showPerson = (
	deps: EnrolPagesDeps,
	show: (found: PersonCall, call: Call) => Response | Promise<Response>,
) =>
	withPerson(deps, async (found, call) => {
		const { rc, person } = found;
		await deps.looks.atPerson(person.id, byOf(rc), rc.fragment ? "renewed" : "opened");
		return show(found, call);
	});
