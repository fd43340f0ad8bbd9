/** Real browsers that trust a box's certificate authority by its pin and see a clip where the camera would be. */
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { pinOf } from "../../../server/tls/fingerprint.ts";

/** Passkeys need a name in the address bar: this one leads to the loopback in every test browser. */
export const BOX_NAME = "dianmao.local";

export const CHROMIUM = process.env.CHROMIUM ?? Bun.which("chromium") ?? "";

export interface BrowserPlan {
	/** Keeps keys and queue from one browser to the next. */
	readonly profile: string;
	readonly dataDir: string;
	/** What the camera shows; without it the camera is Chromium's own test picture. */
	readonly clip?: string;
	readonly width: number;
	readonly height: number;
	readonly locale?: string;
}

/** Pin of the authority in a data folder, as a kiosk image is given it. */
export async function pinOfBox(dataDir: string): Promise<string> {
	const pem = await Bun.file(join(dataDir, "tls", "ca.pem")).text();
	return pinOf(new X509Certificate(pem).publicKey.export({ format: "der", type: "spki" }));
}

export async function openBrowser(plan: BrowserPlan): Promise<BrowserContext> {
	const { profile, dataDir, clip, width, height, locale = "en-GB" } = plan;
	return chromium.launchPersistentContext(profile, {
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--mute-audio",
			`--ignore-certificate-errors-spki-list=${await pinOfBox(dataDir)}`,
			`--host-resolver-rules=MAP ${BOX_NAME} 127.0.0.1`,
			"--use-fake-device-for-media-stream",
			"--use-fake-ui-for-media-stream",
			...(clip ? [`--use-file-for-fake-video-capture=${clip}`] : []),
		],
		viewport: { width, height },
		locale,
		permissions: ["camera"],
		acceptDownloads: true,
		reducedMotion: "reduce",
	});
}

/** The page a new browser opens with. */
export const onlyPage = async (context: BrowserContext): Promise<Page> =>
	context.pages()[0] ?? (await context.newPage());

/** Collects what a page complains about: scripts that fail and blocked content. */
export function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("console", (message) => {
		if (message.type() === "error" && /content security policy|uncaught/i.test(message.text()))
			complaints.push(message.text());
	});
	return complaints;
}
