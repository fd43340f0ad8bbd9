/** All routes in one list: the guard first, then the kiosk's API, then one plugin per admin page. */
import { Elysia } from "elysia";
import { demoPages } from "../admin/demo/demo-pages.ts";
import { kioskApi } from "./api/kiosk.ts";
import type { Services } from "./compose.ts";
import { demoEntry } from "./demo/demo-entry.ts";
import { kioskRoutes } from "./kiosk-routes.tsx";
import { officePages } from "./pages.ts";
import { checkWait, countFailure, type ThrottlePolicy } from "./services/throttling.ts";
import { guard } from "./web/guard.ts";
import type { ReadNetwork } from "./web/network.ts";
import { accidentAnswer } from "./web/status.tsx";

/** Guessing a 40-bit code that lives 5 minutes: five tries, then waits that double. */
const PAIRING: ThrottlePolicy = { free: 4, firstSec: 30, mostSec: 900 };

export type App = ReturnType<typeof makeApp>;

/** `addressOf` tells the network address behind a request, `readNetwork` how the box is reached; the doors know both, a test makes them up. */
export function makeApp(
	services: Services,
	addressOf: (request: Request) => string = () => "local",
	readNetwork: ReadNetwork = () => undefined,
) {
	const { log } = services;
	const app = new Elysia({ normalize: false })
		.onError(({ request, code, error }) => accidentAnswer(request, code, error, (e) => log.error(e)))
		.use(guard({ ...services, defaultZone: services.zone(), addressOf }))
		.use(doorRoutes(services, addressOf))
		.use(kioskRoutes(services))
		.use(officePages(services, readNetwork));
	if (services.demo) app.use(demoPages({ ...services, demoEntry }));
	return app;
}

function doorRoutes(services: Services, addressOf: (request: Request) => string) {
	const { store, clock, kioskAuth: auth } = services;
	const subject = (address: string) => `pair|${address}`;
	return kioskApi({
		...services,
		auth,
		addressOf,
		describe: services.describeKiosk,
		selfEnrol: services.selfEnrolment.selfEnrol,
		pairingWaitSec(address) {
			const wait = checkWait(store, subject(address), clock.nowMs());
			return wait.ok ? 0 : Number(wait.error.vars?.seconds ?? 0);
		},
		async pairingFailed(address) {
			await store.commit((tx) => countFailure(tx, subject(address), PAIRING, clock.nowMs()));
		},
	});
}
