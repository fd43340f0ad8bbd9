/** What is different in a demo: the shop is filled, people punch by themselves, kiosks are let in at once, a link signs you in. */
import { kioskById } from "../../db/kiosk.ts";
import type { Lang } from "../base/translate.ts";
import type { Services } from "../compose.ts";
import { DEMO_BY } from "./demo-author.ts";
import { fillDemoShop } from "./demo-shop.ts";
import { startTrickle } from "./trickle.ts";
import { bringUpToDate } from "./up-to-date.ts";

/** Fills the shop when it is empty, brings it to the present and to life; returns the function that stops it. */
export async function startDemo(services: Services, lang: Lang): Promise<() => void> {
	await fillDemoShop(services, lang);
	await bringUpToDate(services);
	const { bus, store, kiosks } = services;
	const stopListening = bus.on("kiosk", ({ kioskId }) => {
		if (kioskById(store, kioskId)?.status === "pending")
			kiosks.approve(kioskId, DEMO_BY).catch(services.onError);
	});
	const stopTrickle = startTrickle(services);
	return () => {
		stopTrickle();
		stopListening();
	};
}
