/** Services behind the kiosks. */
import { randomInt } from "node:crypto";
import { findAccount } from "../../db/account.ts";
import { employeeByCard, employeeById, employeeByNumber } from "../../db/employee.ts";
import { demoCards } from "../demo/demo-cards.ts";
import { packFolderUrl } from "../protocol/face-pack.ts";
import type { HelloReply } from "../protocol/kiosk.ts";
import { loadBoxKey } from "../services/box-key.ts";
import { cardLookup } from "../services/cards.ts";
import { makeClockWatch } from "../services/clock-watch.ts";
import { makeDeciding } from "../services/deciding.ts";
import { makeEvidencePhotos } from "../services/evidence-photos.ts";
import { makeFaceLimit } from "../services/face-limit.ts";
import type { FaceNets } from "../services/face-nets.ts";
import { makeKioskAlarms } from "../services/kiosk-alarms.ts";
import { makeKioskAuth } from "../services/kiosk-auth.ts";
import { makeKiosks } from "../services/kiosks.ts";
import { makeMakeups } from "../services/makeups.ts";
import { makePinCheck } from "../services/pin-check.ts";
import { minPinDigits } from "../services/pins.ts";
import { kioskPolicy, readPolicy } from "../services/policy.ts";
import { makePunchNotes } from "../services/punch-notes.ts";
import { makePunching } from "../services/punching.ts";
import { makeQueueDrain } from "../services/queue-drain.ts";
import { makeRetention } from "../services/retention.ts";
import { siteOrDefault } from "../services/site.ts";
import { makeStuckPunches } from "../services/stuck-punches.ts";
import { makeTurnChallenges, TURN_LOOK_MS } from "../services/turn-challenges.ts";
import type { Base } from "./base.ts";
import type { Faces } from "./faces.ts";
import type { People } from "./people.ts";

/** Punching and the kiosks. */
export async function composeDoor(
	base: Base,
	people: People,
	{ faces, doorDays, faceNets, reverify }: Faces,
) {
	const { store, clock, vault, box, bus } = base;
	const clockWatch = makeClockWatch({ store, clock, bus, onError: base.onError });
	const notes = makePunchNotes(base);
	const makeups = makeMakeups({
		...base,
		employeeByNumber: (number) => employeeByNumber(store, number),
		employeeOfAccount: (id) => findAccount(store, id)?.employeeId ?? null,
	});
	const boxKey = await loadBoxKey(store, vault, clock.nowMs());
	const punching = makePunching({
		...base,
		faces,
		doorDays,
		faceLimit: makeFaceLimit(clock),
		headTurns: makeTurnChallenges({
			...{ clock, faces, describer: base.engine },
			policy: () => readPolicy(store),
			chance: () => randomInt(2 ** 32) / 2 ** 32,
			lookMs: () => TURN_LOOK_MS,
			...base.turns,
		}),
		reverify,
		clockState: clockWatch.state,
		mayKeepPhotos: box.ballast.mayKeepPhotos,
		employeeById: (id) => employeeById(store, id),
		cardHolder: (card) => holderOf(base, card),
		offerCard: async (kioskId, card) => (await people.cardLearning.offer(kioskId, card)) === "learned",
		checkPin: makePinCheck({ store, clock, pins: people.pins }),
	});
	return {
		clockWatch,
		punching,
		...{ kiosks: makeKiosks({ ...base, doorDays }), stuck: makeStuckPunches(base) },
		kioskAuth: makeKioskAuth({ db: store, clock, ...makeKioskAlarms(base) }),
		notes,
		makeups,
		deciding: makeDeciding({ store, notes, makeups }),
		evidencePhotos: makeEvidencePhotos(base),
		retention: makeRetention({ store, clock, isTimeTrusted: () => clockWatch.state() === "ok" }),
		drain: makeQueueDrain({ store, punching, boxKey, clock }),
		describeKiosk: () => describeKiosk(base, boxKey.publicKey, faceNets),
	};
}

type KioskNews = Pick<HelloReply, "site" | "boxKey" | "policy" | "version" | "faceNet" | "demoCards">;

/** What a kiosk is told of site, policy and version with each hello. */
function describeKiosk(base: Base, boxKey: string, nets: FaceNets): KioskNews {
	const { store } = base;
	return {
		site: siteOrDefault(store),
		boxKey,
		policy: kioskPolicy(readPolicy(store), {
			faceOn: base.isFaceOn(),
			pinMinDigits: minPinDigits(store),
			demo: base.demo,
		}),
		version: base.version,
		...kioskNet(nets),
		...(base.demo && { demoCards }),
	};
}

/** Where a kiosk finds the pack in force; nothing with the built-in net. */
function kioskNet(nets: FaceNets): Pick<HelloReply, "faceNet"> {
	const pack = nets.packInForce();
	return pack ? { faceNet: { tag: pack.tag, folder: packFolderUrl(pack.id) } } : {};
}

function holderOf({ store, vault }: Base, card: string) {
	const lookup = cardLookup(vault, card);
	return lookup ? employeeByCard(store, lookup) : null;
}
