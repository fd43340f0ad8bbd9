/** Upkeep of faces while the box is up: finishes erasures, erases leavers, empties the journal. The rules are in `services/face-withdrawal.ts`. */
import { HOUR_MS, SECOND_MS } from "../base/units.ts";
import type { Services } from "../compose.ts";

/** Soon enough for "erased within a day", whatever reader was in the way of the first try. */
const JOURNAL_MS = 30 * SECOND_MS;

type FaceServices = Pick<
	Services,
	"withdrawal" | "enrolmentBatches" | "clockWatch" | "bus" | "log" | "onError"
>;

/** Looking for leavers loads the calendar, which the first page must not wait for. */
const FIRST_LEAVERS_MS = SECOND_MS;

/** Starts at once; the returned function stops it. */
export function startFaceUpkeep(services: FaceServices): () => void {
	const { withdrawal, bus, onError } = services;
	const { finished, keyless } = withdrawal.checkAtStart();
	if (finished > 0) services.log.info({ finished }, "faces: erased, as begun before the stop");
	if (keyless.length > 0)
		services.log.error({ people: keyless }, "faces: templates without a key; enrol again");
	services.enrolmentBatches.failInterrupted().catch(onError);
	const erase = () => eraseLeavers(services);
	const timers = [
		setTimeout(erase, FIRST_LEAVERS_MS),
		setInterval(erase, HOUR_MS),
		setInterval(withdrawal.sweepJournal, JOURNAL_MS),
	];
	const stopListening = bus.on("people", erase);
	return () => {
		stopListening();
		timers.forEach(clearTimeout);
	};
}

/** A clock that jumped ahead must not erase anybody who is still on the staff. */
function eraseLeavers({ withdrawal, clockWatch, onError }: FaceServices): void {
	if (clockWatch.state() !== "ok") return;
	withdrawal.eraseLeavers().catch(onError);
}
