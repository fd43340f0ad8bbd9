/** Make-up requests made at the door: noted on the spot, counted only after an admin approved them. */
import { type Employee, isEmployedOn } from "../../db/employee.ts";
import { countMakeups, decideMakeup, insertMakeup, type MakeupRow, makeupById } from "../../db/makeup.ts";
import type { Store, Tx } from "../../db/store.ts";
import { conflict, forbidden, notFound } from "../base/app-error.ts";
import { newId } from "../base/ids.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Clock, DAY_MS, localDate } from "../base/units.ts";
import type { MakeupReply, MakeupRequest } from "../protocol/kiosk.ts";
import type { RefusalReason } from "../protocol/refusals.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import { recordPunch } from "./record-punch.ts";
import { type Actor, sealEvent } from "./sealing.ts";

export interface MakeupsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	zone(): string;
	employeeByNumber(number: string): Employee | null;
	/** The employee behind an account, when the account belongs to one. */
	employeeOfAccount(accountId: string): string | null;
}

export interface Makeups {
	/** Idempotent by id. The box's clock is the claimed time: the person stands at the door. */
	request(request: MakeupRequest, kioskId: string, address: string): Promise<MakeupReply>;
	/** Approving records a punch with method `makeup`; nobody approves their own. */
	approve(id: string, by: By): Promise<Result<void>>;
	refuse(id: string, by: By): Promise<Result<void>>;
}

/** More in one day is somebody playing with the screen. */
const PER_DAY = 6;
const refused = (code: RefusalReason): MakeupReply => ({ outcome: "refused", code: `kiosk.refused.${code}` });

export function makeMakeups(deps: MakeupsDeps): Makeups {
	return {
		request: (request, kioskId, address) => note(deps, request, kioskId, address),
		approve: (id, by) => decide(deps, id, "approved", by),
		refuse: (id, by) => decide(deps, id, "refused", by),
	};
}

async function note(
	deps: MakeupsDeps,
	request: MakeupRequest,
	deviceId: string,
	address: string,
): Promise<MakeupReply> {
	const { store, clock, bus } = deps;
	const { id, reason } = request;
	if (makeupById(store, id)) return { outcome: "noted" };
	const nowMs = clock.nowMs();
	const employee = deps.employeeByNumber(request.number);
	if (!employee) return refused("unknown_number");
	if (!isEmployedOn(employee, localDate(nowMs, deps.zone()))) return refused("inactive");
	const reply = await store.commit((tx): MakeupReply => {
		if (makeupById(tx, id)) return { outcome: "noted" };
		if (countMakeups(tx, employee.id, nowMs - DAY_MS) >= PER_DAY) return refused("too_many_tries");
		insertMakeup(tx, { id, employeeId: employee.id, claimedMs: nowMs, madeMs: nowMs, deviceId, reason });
		const by: By = { actor: { kind: "kiosk", id: deviceId }, address };
		seal(tx, "makeups.request", id, { emp: employee.id, reason }, by, nowMs);
		return { outcome: "noted" };
	});
	if (reply.outcome === "noted") bus.emit("makeup", { requestId: id });
	return reply;
}

async function decide(
	deps: MakeupsDeps,
	id: string,
	status: "approved" | "refused",
	by: By,
): Promise<Result<void>> {
	const { store, clock, bus } = deps;
	const request = makeupById(store, id);
	if (!request) return fail(notFound("makeups.not_found"));
	if (isOwn(deps, request, by.actor)) return fail(forbidden("makeups.own"));
	const nowMs = clock.nowMs();
	const punchId = status === "approved" ? newId(nowMs) : null;
	const done = await store.commit((tx) => {
		if (!decideMakeup(tx, id, { status, decidedBy: by.actor.id, decidedMs: nowMs, punchId }))
			return undefined;
		seal(tx, `makeups.${status}`, id, { emp: request.employeeId }, by, nowMs);
		return punchId ? recordPunch(tx, makeupPunch(deps, request, punchId, nowMs)).punch : null;
	});
	if (done === undefined) return fail(conflict("makeups.decided"));
	bus.emit("makeup", { requestId: id });
	if (done) bus.emit("punch", { punchId: done.id, employeeId: done.employeeId, workDate: done.workDate });
	return ok(undefined);
}

const isOwn = (deps: MakeupsDeps, request: MakeupRow, actor: Actor): boolean =>
	actor.kind === "account" && deps.employeeOfAccount(actor.id) === request.employeeId;

const makeupPunch = (deps: MakeupsDeps, request: MakeupRow, id: string, receivedMs: number) => ({
	id,
	employeeId: request.employeeId,
	atMs: request.claimedMs,
	receivedMs,
	zone: deps.zone(),
	method: "makeup" as const,
	source: "makeup" as const,
	deviceId: request.deviceId,
	deviceCounter: null,
	direction: "auto" as const,
	clock: "ok" as const,
	doubts: [],
	match: { how: "makeup", request: request.id },
	makesDay: true,
});

function seal(
	tx: Tx,
	action: string,
	objectId: string,
	detail: Record<string, string>,
	by: By,
	nowMs: number,
) {
	sealEvent(tx, { type: "request", ...by, action, objectKind: "makeup", objectId, detail, nowMs });
}
