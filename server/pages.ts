/** Every page of the back office, one plugin each. A new page is one line here and its routes in `web/access.ts`. */
import { Elysia } from "elysia";
import { accountPages } from "../admin/accounts/account-pages.tsx";
import { invitePages } from "../admin/accounts/invite-pages.tsx";
import { profilePages } from "../admin/accounts/profile-pages.tsx";
import { auditPages } from "../admin/audit/audit-pages.tsx";
import { boardPages } from "../admin/board/board-pages.tsx";
import { daysPages } from "../admin/days/days-pages.tsx";
import { departmentPages } from "../admin/departments/department-pages.tsx";
import { doubtsPages } from "../admin/doubts/doubts-pages.tsx";
import { enrolRoutes } from "../admin/enrol/routes.ts";
import { facesPages } from "../admin/faces/faces-pages.tsx";
import { framePages } from "../admin/frame/frame-pages.ts";
import { importPages } from "../admin/import/import-pages.tsx";
import { kiosksPages } from "../admin/kiosks/kiosks-pages.tsx";
import { loginPages } from "../admin/login/login-pages.tsx";
import { provePages } from "../admin/login/prove-pages.tsx";
import { makeupsPages } from "../admin/makeups/makeups-pages.tsx";
import { netPages } from "../admin/net/net-pages.tsx";
import { peoplePages } from "../admin/people/people-pages.tsx";
import { personPages } from "../admin/people/person-pages.tsx";
import { settingsPages } from "../admin/settings/settings-pages.tsx";
import { choicePages } from "../admin/setup/choice-pages.tsx";
import { claimPages } from "../admin/setup/claim-pages.tsx";
import { readyPages } from "../admin/setup/ready-pages.tsx";
import { shiftPages } from "../admin/shifts/shift-pages.tsx";
import type { Services } from "./compose.ts";
import { demoEntry } from "./demo/demo-entry.ts";
import { doorAddress } from "./web/door-address.ts";
import type { ReadNetwork } from "./web/network.ts";

export function officePages(services: Services, readNetwork: ReadNetwork) {
	const doorUrl = (request: Request) => doorAddress(request.url, readNetwork());
	const deps = { ...services, db: services.store, enrolment: services.totpEnrolment };
	return new Elysia({ name: "office" })
		.use(framePages(deps))
		.use(loginPages(deps))
		.use(provePages(deps))
		.use(claimPages({ ...deps, defaultZone: services.zone() }))
		.use(choicePages(deps))
		.use(readyPages(deps))
		.use(invitePages(deps))
		.use(accountPages(deps))
		.use(profilePages(deps))
		.use(auditPages(deps))
		.use(boardPages({ ...deps, disk: services.box.ballast, demoDoor: demoDoorOf(services) }))
		.use(daysPages({ ...deps, photos: services.evidencePhotos }))
		.use(doubtsPages(deps))
		.use(makeupsPages(deps))
		.use(kiosksPages({ ...deps, doorUrl }))
		.use(settingsPages({ ...deps, readNetwork }))
		.use(facesPages(deps))
		.use(netPages(deps))
		.use(peoplePages(deps))
		.use(personPages(deps))
		.use(departmentPages(deps))
		.use(shiftPages(deps))
		.use(importPages(deps))
		.use(enrolRoutes({ ...services, batches: services.enrolmentBatches, photos: services.facePhotos }));
}

const demoDoorOf = ({ demo }: Services): string | undefined =>
	demo ? `/demo/door?key=${demoEntry.token}` : undefined;
