/** Keeps a demo shop alive: every few seconds one of its people punches, so that the live board moves. */
import { allEmployees, isEmployedOn } from "../../db/employee.ts";
import { newId } from "../base/ids.ts";
import { SECOND_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";
import { recordPunch } from "../services/record-punch.ts";

const EVERY_MS = 9 * SECOND_MS;

/** Starts the trickle; returns the function that stops it. */
export function startTrickle(services: Services): () => void {
	const timer = setInterval(() => void punchOnce(services).catch(services.onError), EVERY_MS);
	return () => clearInterval(timer);
}

async function punchOnce({ store, clock, bus, zone, today }: Services): Promise<void> {
	const people = allEmployees(store).filter((person) => isEmployedOn(person, today()));
	const person = people[Math.floor(Math.random() * people.length)];
	if (!person) return;
	const nowMs = clock.nowMs();
	const { punch } = await store.commit((tx) =>
		recordPunch(tx, {
			id: newId(nowMs),
			employeeId: person.id,
			atMs: nowMs,
			receivedMs: nowMs,
			zone: zone(),
			method: "face",
			source: "import",
			deviceId: null,
			deviceCounter: null,
			direction: "auto",
			clock: "ok",
			doubts: [],
			match: { how: "demo" },
			makesDay: true,
		}),
	);
	bus.emit("punch", { punchId: punch.id, employeeId: punch.employeeId, workDate: punch.workDate });
}
