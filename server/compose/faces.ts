/** Services about faces. */
import type { Lang } from "../base/translate.ts";
import { makeConsents } from "../services/consent.ts";
import { consentTextIn } from "../services/consent-text.ts";
import { makeDoorDays } from "../services/door-days.ts";
import { makeEnrolments } from "../services/enrolment.ts";
import { makeEnrolmentBatches } from "../services/enrolment-batch.ts";
import { makeFaceIndex } from "../services/face-index.ts";
import { makeFaceLimit } from "../services/face-limit.ts";
import { makeFaceNets } from "../services/face-nets.ts";
import { makeFacePhotos } from "../services/face-photos.ts";
import { type FaceReport, makeFaceReport } from "../services/face-report.ts";
import { makeFaceWithdrawal } from "../services/face-withdrawal.ts";
import { makeNetSwitching } from "../services/net-switching.ts";
import { makePackDownload } from "../services/pack-download.ts";
import { readPolicy } from "../services/policy.ts";
import { makeReverify } from "../services/reverify.ts";
import { makeSelfEnrolment } from "../services/self-enrolment.ts";
import { siteOrDefault } from "../services/site.ts";
import { makeTurns } from "../services/turns.ts";
import { translatorOf } from "../web/i18n.ts";
import type { Base } from "./base.ts";

export type Faces = ReturnType<typeof composeFaces>;

/** Enrolment, the index of faces, nets and the second look. */
export function composeFaces(base: Base) {
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
