/** Builds every service once, by hand, from an open box. The only place that knows who needs whom. */
import { randomInt } from "node:crypto";
import { HEADER_NAMES } from "../admin/import/import-names.ts";
import { findAccount } from "../db/account.ts";
import { employeeByCard, employeeById, employeeByNumber } from "../db/employee.ts";
import type { Lang } from "./base/translate.ts";
import { type Clock, localDate } from "./base/units.ts";
import { COMMON_PASSWORDS as commonPasswords } from "./common-passwords.ts";
import { demoCards } from "./demo/demo-cards.ts";
import type { Log } from "./log.ts";
import { KNOWN_SOURCES } from "./packs/known-sources.ts";
import { makePackStore } from "./packs/pack-store.ts";
import { type FacePackSource, packFolderUrl } from "./protocol/face-pack.ts";
import type { HelloReply } from "./protocol/kiosk.ts";
import { type FaceEngine, makeFaceEngine } from "./recogniser/face-engine.ts";
import { makeAccounts } from "./services/accounts.ts";
import { makeAlarms } from "./services/alarms.ts";
import { loadBoxKey } from "./services/box-key.ts";
import { makeCardLearning } from "./services/card-learning.ts";
import { cardLookup, makeCards } from "./services/cards.ts";
import { makeChoices } from "./services/choices.ts";
import { makeClockWatch } from "./services/clock-watch.ts";
import { makeConsents } from "./services/consent.ts";
import { consentTextIn } from "./services/consent-text.ts";
import { makeDeciding } from "./services/deciding.ts";
import { makeDepartments } from "./services/departments.ts";
import { makeDoorDays } from "./services/door-days.ts";
import { makeEmployees } from "./services/employees.ts";
import { makeEnrolments } from "./services/enrolment.ts";
import { makeEnrolmentBatches } from "./services/enrolment-batch.ts";
import { makeDomainBus } from "./services/events.ts";
import { makeEvidencePhotos } from "./services/evidence-photos.ts";
import { makeFaceIndex } from "./services/face-index.ts";
import { makeFaceLimit } from "./services/face-limit.ts";
import { type FaceNets, makeFaceNets } from "./services/face-nets.ts";
import { makeFacePhotos } from "./services/face-photos.ts";
import { type FaceReport, makeFaceReport } from "./services/face-report.ts";
import { makeFaceWithdrawal } from "./services/face-withdrawal.ts";
import { makeFirstRun } from "./services/first-run.ts";
import { type Hashing, makeHashing } from "./services/hashing.ts";
import { makeKioskAlarms } from "./services/kiosk-alarms.ts";
import { makeKioskAuth } from "./services/kiosk-auth.ts";
import { makeKiosks } from "./services/kiosks.ts";
import { makeLooks } from "./services/looks.ts";
import { makeMakeups } from "./services/makeups.ts";
import { makeNetSwitching } from "./services/net-switching.ts";
import { makeOwnAccount } from "./services/own-account.ts";
import { makePackDownload } from "./services/pack-download.ts";
import { makePasskeys } from "./services/passkeys.ts";
import { makePeopleImport } from "./services/people-import.ts";
import { makePinCheck } from "./services/pin-check.ts";
import { makePins, minPinDigits } from "./services/pins.ts";
import { kioskPolicy, readPolicy } from "./services/policy.ts";
import { makePunchNotes } from "./services/punch-notes.ts";
import { makePunching } from "./services/punching.ts";
import { makeQueueDrain } from "./services/queue-drain.ts";
import { makeReadiness } from "./services/readiness.ts";
import { refreshTodayOnChange } from "./services/refresh-today.ts";
import { makeRetention } from "./services/retention.ts";
import { makeReverify } from "./services/reverify.ts";
import { makeSelfEnrolment } from "./services/self-enrolment.ts";
import { makeSessions } from "./services/sessions.ts";
import { makeShifts } from "./services/shifts.ts";
import { makeSignIn } from "./services/sign-in.ts";
import { isFaceOn, makeSite, siteOrDefault } from "./services/site.ts";
import { makeStuckPunches } from "./services/stuck-punches.ts";
import { makeTotpEnrolment } from "./services/totp-enrolment.ts";
import { makeTurnChallenges } from "./services/turn-challenges.ts";
import { makeTurns } from "./services/turns.ts";
import { BUILT_MS } from "./start/machine-probe.ts";
import type { OpenBox } from "./start/open-box.ts";
import { makeEventStreams } from "./web/event-stream.ts";
import { translatorOf } from "./web/i18n.ts";

export interface ComposeOptions {
	readonly box: OpenBox;
	readonly clock: Clock;
	readonly log: Log;
	readonly demo: boolean;
	/** What kiosks compare with their own to know when to reload. */
	readonly version: string;
	/** Shows the first-run code where only the person at the box sees it. */
	readonly announce: (code: string) => void;
	/** Another engine, for tests. */
	readonly engine?: FaceEngine;
	/** Where face packs lie; in the data folder unless a test says otherwise. */
	readonly packFolder?: string;
	/** Nets that can be fetched; a test's own loopback source. */
	readonly packSources?: readonly FacePackSource[];
}

export type Services = Awaited<ReturnType<typeof compose>>;

/** Builds the services and wires their events. Starts nothing but the clock watch. */
export async function compose(options: ComposeOptions) {
	const base = composeBase(options);
	const access = composeAccess(base);
	const people = composePeople(base, access.hashing);
	const faces = composeFaces(base);
	const door = await composeDoor(base, people, faces);
	refreshTodayOnChange(base);
	base.bus.on("kiosk", ({ kioskId }) => door.kioskAuth.reload(kioskId));
	return { ...base, ...access, ...people, ...faces, ...door };
}

type Base = ReturnType<typeof composeBase>;

function composeBase(options: ComposeOptions) {
	const { box, clock, log, demo, version, announce, engine } = options;
	const { store, vault } = box;
	const zone = () => siteOrDefault(store).zone;
	return {
		box,
		store,
		vault,
		clock,
		log,
		demo,
		version,
		announce,
		engine: engine ?? makeFaceEngine({ onFault: (reason) => log.warn({ reason }, "face worker") }),
		packs: makePackStore(options.packFolder ?? box.folder.facePacks),
		packSources: options.packSources ?? KNOWN_SOURCES,
		bus: makeDomainBus((error) => log.error(error, "listener")),
		onError: (error: unknown) => log.error(error),
		zone,
		today: () => localDate(clock.nowMs(), zone()),
		isFaceOn: () => isFaceOn(store),
	};
}

function composeAccess(base: Base) {
	const { store, clock, vault } = base;
	const hashing = makeHashing();
	const sessions = makeSessions({ store, clock });
	const site = makeSite(base);
	const passkeys = makePasskeys({ db: store, clock });
	const signIn = makeSignIn({ store, clock, vault, hashing, sessions, passkeys });
	const enrolment = makeTotpEnrolment({ clock });
	const own = makeOwnAccount({ store, clock, vault, hashing, sessions, enrolment, commonPasswords });
	const firstRun = makeFirstRun({ ...base, hashing, sessions, enrolment, commonPasswords });
	return {
		hashing,
		sessions,
		passkeys,
		signIn,
		totpEnrolment: enrolment,
		own,
		firstRun,
		site,
		choices: makeChoices({ store, clock }),
		accounts: makeAccounts(base),
		readiness: makeReadiness({ db: store, machine: base.box.machine, builtMs: BUILT_MS }),
		looks: makeLooks(base),
		alarms: makeAlarms(base),
		streams: makeEventStreams(base),
	};
}

function composePeople(base: Base, hashing: Hashing) {
	const cards = makeCards(base);
	return {
		cards,
		cardLearning: makeCardLearning({ ...base, cards }),
		pins: makePins({ ...base, hashing }),
		employees: makeEmployees(base),
		departments: makeDepartments(base),
		shifts: makeShifts(base),
		peopleImport: makePeopleImport({ ...base, names: HEADER_NAMES }),
	};
}

function composeFaces(base: Base) {
	const { store, vault, engine: describer } = base;
	// Puts the chosen net in force before anything asks which one it is.
	const faceNets = makeFaceNets(base);
	const { recogniser } = describer;
	const siteLimit = () => faceReport.siteLimit();
	const faces = makeFaceIndex({ ...base, db: store, vault, recogniser, siteLimit });
	const doorDays = makeDoorDays(base);
	const allowedPerYear = () => readPolicy(store).wrongNames;
	const faceReport: FaceReport = makeFaceReport({ ...base, faces, doorDays, allowedPerYear });
	const turns = makeTurns();
	const consentText = (lang: Lang) =>
		consentTextIn(
			{ say: (l, key, vars) => translatorOf(l)(key, vars), siteName: () => siteOrDefault(store).name },
			lang,
		);
	const consents = makeConsents({ ...base, text: consentText });
	const enrolments = makeEnrolments({ ...base, faces, describer, turns });
	return {
		...{ faces, doorDays, faceReport },
		faceNets,
		netSwitching: makeNetSwitching({ ...base, describer, faces, turns, nets: faceNets }),
		packDownload: makePackDownload({ ...base, nets: faceNets, sources: base.packSources }),
		consentText,
		consents,
		enrolments,
		enrolmentBatches: makeEnrolmentBatches({ ...base, consents, enrolments, onAccident: base.onError }),
		facePhotos: makeFacePhotos(base),
		withdrawal: makeFaceWithdrawal({ ...base, faces, turns }),
		selfEnrolment: makeSelfEnrolment({
			...base,
			consents,
			enrolments,
			limit: makeFaceLimit(base.clock),
			isFaceOn: () => base.isFaceOn() && readPolicy(store).selfEnrol,
		}),
		reverify: makeReverify({ ...base, faces, describer }),
	};
}

async function composeDoor(
	base: Base,
	people: ReturnType<typeof composePeople>,
	{ faces, doorDays, faceNets, reverify }: ReturnType<typeof composeFaces>,
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
		describeKiosk: (): KioskNews => ({
			site: siteOrDefault(store),
			boxKey: boxKey.publicKey,
			policy: kioskPolicy(readPolicy(store), {
				faceOn: base.isFaceOn(),
				pinMinDigits: minPinDigits(store),
				demo: base.demo,
			}),
			version: base.version,
			...kioskNet(faceNets),
			...(base.demo && { demoCards }),
		}),
	};
}

type KioskNews = Pick<HelloReply, "site" | "boxKey" | "policy" | "version" | "faceNet" | "demoCards">;

/** Where a kiosk finds the pack in force; nothing with the built-in net. */
function kioskNet(nets: FaceNets): Pick<HelloReply, "faceNet"> {
	const pack = nets.packInForce();
	return pack ? { faceNet: { tag: pack.tag, folder: packFolderUrl(pack.id) } } : {};
}

function holderOf({ store, vault }: Base, card: string) {
	const lookup = cardLookup(vault, card);
	return lookup ? employeeByCard(store, lookup) : null;
}
