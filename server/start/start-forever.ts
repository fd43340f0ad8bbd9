/** `dianmao start`: runs the box, prints where to go, stops cleanly on SIGTERM and Ctrl-C. */
import type { Lang } from "../base/translate.ts";
import type { Config } from "../config.ts";
import { demoEntry } from "../demo/demo-entry.ts";
import { startDemo } from "../demo/demo-mode.ts";
import { PEOPLE } from "../demo/shop.ts";
import { type Log, makeLog } from "../log.ts";
import { urlOf } from "../web/host-check.ts";
import { sayError, translatorOf } from "../web/i18n.ts";
import { say } from "./console-text.ts";
import { type RunningBox, runBox } from "./run-box.ts";

/** Exit status when ports or certificate do not work (EX_CONFIG). */
const EXIT_CONFIG = 78;

export async function startForever(config: Config): Promise<number> {
	const log = makeLog(config.logLevel);
	surviveStrayErrors(log);
	const started = await runBox(config, log);
	if (!started.ok) {
		for (const lang of ["zh-CN", "en"] as const) console.log(sayError(translatorOf(lang), started.error));
		return EXIT_CONFIG;
	}
	const stopDemo = config.demo ? await showDemo(started.value, config.consoleLang) : undefined;
	if (!config.demo) {
		printWelcome(started.value, config);
		started.value.services.firstRun.begin();
	}
	await stopSignal();
	stopDemo?.();
	await started.value.stop();
	return 0;
}

function printWelcome({ doors }: RunningBox, config: Config): void {
	const { httpsPort, httpPort } = doors.listeners;
	const addresses = doors
		.names()
		.slice(0, 4)
		.map((name) => `    ${urlOf("https", name, httpsPort)}`);
	const trust = urlOf("http", doors.names()[0] ?? "localhost", httpPort, "/trust");
	const { fingerprint } = doors.tls.authority();
	console.log(say("start.ready", { folder: config.dataDir, trust, fingerprint }));
	console.log(addresses.join("\n"));
}

const PINS_SHOWN = 3;

async function showDemo({ services, doors }: RunningBox, lang: Lang): Promise<() => void> {
	const stopDemo = await startDemo(services, lang);
	const at = (path: string) => urlOf("https", "localhost", doors.listeners.httpsPort, path);
	const pins = PEOPLE.filter((one) => one.pin && !one.leftOn).slice(0, PINS_SHOWN);
	console.log(
		say("start.demo_ready", {
			office: at(`/demo?key=${demoEntry.token}`),
			kiosk: at(`/demo/door?key=${demoEntry.token}`),
			pins: pins.map(({ number, pin }) => `${number} / ${pin}`).join(" · "),
		}),
	);
	return stopDemo;
}

/**
 * The last resort: a fault nobody caught is logged and the box goes on, because a door that stands still costs more than a page
 * that failed. What is stored is safe either way: every change is one transaction.
 */
function surviveStrayErrors(log: Log): void {
	for (const event of ["uncaughtException", "unhandledRejection"] as const)
		process.on(event, (error: unknown) => log.error(error, event));
}

const stopSignal = (): Promise<void> =>
	new Promise((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
	});
