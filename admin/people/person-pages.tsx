/** Routes of one person's page: showing it, leaving and coming back, cards, tap to learn, PIN. */
import { Elysia } from "elysia";
import { cardById } from "../../db/card.ts";
import type { Employee } from "../../db/employee.ts";
import { kioskById } from "../../db/kiosk.ts";
import { type AppError, invalid, notFound } from "../../server/base/app-error.ts";
import type { Result } from "../../server/base/result.ts";
import type { Cards } from "../../server/services/cards.ts";
import type { Employees } from "../../server/services/employees.ts";
import type { Looks } from "../../server/services/looks.ts";
import type { Pins } from "../../server/services/pins.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { asFieldErrors, rawValue } from "../../server/web/forms.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { errorAnswer, statusOf } from "../../server/web/status.tsx";
import { LearnPanel } from "./person-cards.tsx";
import { type PersonDataDeps, personData } from "./person-data.ts";
import { PersonPage } from "./person-page.tsx";
import { maySee, visiblePerson } from "./scope.ts";

export interface PersonPagesDeps extends PersonDataDeps {
	readonly employees: Employees;
	readonly cards: Cards;
	readonly pins: Pins;
	readonly looks: Looks;
}

/** A request about a person the viewer may see. */
interface Visit {
	readonly rc: SignedInContext;
	readonly person: Employee;
	readonly body: unknown;
}

type Handler = (deps: PersonPagesDeps, visit: Visit) => Promise<Response> | Response;

export function personPages(deps: PersonPagesDeps) {
	const on =
		(handler: Handler) =>
		({ request, params, body }: { request: Request; params: { id: string }; body?: unknown }) => {
			const rc = signedIn(request);
			const person = visiblePerson(deps.db, rc.viewer, params.id);
			if (!person) return errorAnswer(request, notFound("people.not_found"));
			return handler(deps, { rc, person, body });
		};
	return new Elysia({ name: "person" })
		.get("/people/:id", on(show))
		.post("/people/:id/leave", on(leave))
		.post("/people/:id/rejoin", on(rejoin))
		.post("/people/:id/cards", on(addCard))
		.post("/people/:id/cards/end", on(endCard))
		.post("/people/:id/cards/learn", on(openLearning))
		.get("/people/:id/cards/learn", on(pollLearning))
		.post("/people/:id/cards/learn/cancel", on(cancelLearning))
		.post("/people/:id/pin", on(setPin))
		.post("/people/:id/pin/draw", on(drawPin))
		.post("/people/:id/pin/remove", on(removePin));
}

async function show(deps: PersonPagesDeps, { rc, person }: Visit): Promise<Response> {
	await deps.looks.atPerson(person.id, byOf(rc));
	return page(rc, <PersonPage {...personData(deps, rc, person)} />);
}

/** The page again with the failure on its field. */
async function refuse(
	deps: PersonPagesDeps,
	{ rc, person }: Visit,
	error: AppError,
	field: string,
): Promise<Response> {
	await deps.looks.atPerson(person.id, byOf(rc), "renewed");
	const props = personData(deps, rc, person);
	return page(rc, <PersonPage {...props} errors={asFieldErrors(error, field)} />, statusOf(error));
}

const back = ({ rc, person }: Visit, flash: MessageKey | undefined, part = ""): Response =>
	goTo(rc, `/people/${person.id}${part}`, { flash });

const answer = (
	deps: PersonPagesDeps,
	visit: Visit,
	result: Result<unknown>,
	field: string,
	flash: MessageKey,
): Response | Promise<Response> =>
	result.ok ? back(visit, flash) : refuse(deps, visit, result.error, field);

const leave: Handler = async (deps, visit) => {
	const lastDay = rawValue(visit.body, "leftOn");
	const result = await deps.employees.leave(visit.person.id, lastDay, byOf(visit.rc));
	return answer(deps, visit, result, "leftOn", "people.flash.left");
};

const rejoin: Handler = async (deps, visit) => {
	const joinedOn = rawValue(visit.body, "joinedOn");
	const result = await deps.employees.rejoin(visit.person.id, joinedOn, byOf(visit.rc));
	return answer(deps, visit, result, "joinedOn", "people.flash.rejoined");
};

const addCard: Handler = async (deps, visit) => {
	const { rc, person, body } = visit;
	const card = {
		employeeId: person.id,
		text: rawValue(body, "card"),
		maySee: (holder: Employee) => maySee(deps.db, rc.viewer, holder),
	};
	const result = await deps.cards.add(card, byOf(rc));
	return answer(deps, visit, result, "card", "people.flash.card_added");
};

const endCard: Handler = async (deps, visit) => {
	const { rc, person, body } = visit;
	const cardId = rawValue(body, "cardId");
	const isOwn = cardById(deps.db, cardId)?.employeeId === person.id;
	if (!isOwn) return refuse(deps, visit, notFound("people.card_not_found"), "card");
	const result = await deps.cards.end(cardId, byOf(rc));
	return answer(deps, visit, result, "card", "people.flash.card_ended");
};

const openLearning: Handler = (deps, visit) => {
	const { rc, person, body } = visit;
	const request = {
		employeeId: person.id,
		kioskId: rawValue(body, "kioskId"),
		maySee: (holder: Employee) => maySee(deps.db, rc.viewer, holder),
	};
	if (kioskById(deps.db, request.kioskId)?.status !== "active")
		return refuse(deps, visit, invalid("people.kiosk_gone", "kioskId"), "kioskId");
	const result = deps.cardLearning.open(request, byOf(rc));
	return result.ok ? back(visit, undefined, "#cards") : refuse(deps, visit, result.error, "kioskId");
};

/** While waiting the panel replaces itself; when something came of it the whole page is asked for anew. */
const pollLearning: Handler = async (deps, { rc, person }) => {
	await deps.looks.atPerson(person.id, byOf(rc), "renewed");
	const props = personData(deps, rc, person);
	const answer = fragment(<LearnPanel {...props} />);
	if (props.learning.state === "learned") answer.headers.set("hx-refresh", "true");
	return answer;
};

const cancelLearning: Handler = (deps, visit) => {
	deps.cardLearning.cancel(visit.person.id);
	return back(visit, undefined, "#cards");
};

const setPin: Handler = async (deps, visit) => {
	const result = await deps.pins.set(visit.person.id, rawValue(visit.body, "pin"), byOf(visit.rc));
	return answer(deps, visit, result, "pin", "people.flash.pin_set");
};

const drawPin: Handler = async (deps, visit) => {
	const { rc, person } = visit;
	const drawn = await deps.pins.draw(person.id, byOf(rc));
	if (!drawn.ok) return refuse(deps, visit, drawn.error, "pin");
	await deps.looks.atPerson(person.id, byOf(rc), "renewed");
	return page(rc, <PersonPage {...personData(deps, rc, person)} drawnPin={drawn.value} />);
};

const removePin: Handler = async (deps, visit) => {
	const result = await deps.pins.remove(visit.person.id, byOf(visit.rc));
	return answer(deps, visit, result, "pin", "people.flash.pin_removed");
};
