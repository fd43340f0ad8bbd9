/** What is different in a demo: the shop is filled, people punch by themselves, kiosks are let in at once, a link signs you in. */
import { kioskById } from "../../db/kiosk.ts";
import type { Lang } from "../base/translate.ts";
import type { Services } from "../compose.ts";
import { sayIn } from "../start/console-text.ts";
import { DEMO_BY, fillDemoShop } from "./demo-shop.ts";
import { startTrickle } from "./trickle.ts";

export interface Demo {
	/** For the first kiosk; lives five minutes like any other. */
	readonly pairingCode: string | undefined;
	stop(): void;
}

/** Fills the shop when it is empty and brings it to life. */
export async function startDemo(services: Services, lang: Lang): Promise<Demo> {
	await fillDemoShop(services, lang);
	const { bus, store, kiosks } = services;
	const stopListening = bus.on("kiosk", ({ kioskId }) => {
		if (kioskById(store, kioskId)?.status === "pending")
			kiosks.approve(kioskId, DEMO_BY).catch(services.onError);
	});
	const plan = { name: sayIn(lang, "start.demo_door"), place: "", direction: "auto" as const };
	const made = await kiosks.makeCode(plan, DEMO_BY);
	const stopTrickle = startTrickle(services);
	const stop = () => {
		stopTrickle();
		stopListening();
	};
	return { pairingCode: made.ok ? made.value.code : undefined, stop };
}
