/** The door page drawn state by state in a real browser, with the page's own components and invented people. Proves nothing about its work. */
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Lang } from "../../../server/base/translate.ts";
import type { GalleryWords } from "../kiosk-gallery-states.ts";
import { CHROMIUM } from "./chromium.ts";
import type { ColourScheme } from "./screen.ts";

const ROOT = join(import.meta.dir, "../../..");
const CLIP = join(ROOT, "../shared/faces/clips/head-turn-male.mjpeg");

export interface DoorView {
	readonly lang: Lang;
	readonly width: number;
	readonly height: number;
	readonly colorScheme: ColourScheme;
}

export interface DoorGallery {
	/** Opens a window on the gallery; `draw` shows one state in it. */
	open(view: DoorView): Promise<{ page: Page; names: readonly string[]; draw(name: string): Promise<void> }>;
	stop(): Promise<void>;
}

interface GalleryWindow {
	drawState(name: string, words: GalleryWords): boolean;
	stateNames(words: GalleryWords): string[];
}

/** `folder` takes a clip for the camera, where one lies beside the checkout; else the mirror shows Chromium's test picture. */
export async function openDoorGallery(folder: string): Promise<DoorGallery> {
	const words = (await Bun.file(join(import.meta.dir, "../gallery/words.json")).json()) as GalleryWords[];
	const site = await servePage();
	const browser = await launch(folder);
	const contexts: BrowserContext[] = [];
	return {
		async open({ lang, width, height, colorScheme }) {
			const viewport = { width, height };
			const context = await browser.newContext({ viewport, colorScheme, permissions: ["camera"] });
			contexts.push(context);
			const page = await context.newPage();
			const own = words.find((one) => one.lang === lang)!;
			await page.goto(site.url);
			await page.waitForFunction(() => "drawState" in globalThis);
			const draw = async (name: string) => {
				await page.evaluate(([n, w]) => (globalThis as never as GalleryWindow).drawState(n, w), [
					name,
					own,
				] as const);
				await page.evaluate(
					() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
				);
			};
			await draw("waiting");
			await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 1);
			const names = await page.evaluate((w) => (globalThis as never as GalleryWindow).stateNames(w), own);
			return { page, names, draw };
		},
		async stop() {
			await browser.close();
			site.stop();
		},
	};
}

async function servePage(): Promise<{ url: string; stop: () => void }> {
	const built = await Bun.build({
		entrypoints: [join(import.meta.dir, "../kiosk-gallery.tsx")],
		target: "browser",
		define: { "process.env.NODE_ENV": '"production"' },
	});
	const script = await built.outputs[0]!.text();
	const sheet = await Bun.build({ entrypoints: [join(ROOT, "assets/css/kiosk.css")] });
	const html = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Door</title>
<link rel="stylesheet" href="/kiosk.css"><body><div id="kiosk"></div><script type="module" src="/gallery.js"></script>`;
	const server = Bun.serve({
		hostname: "127.0.0.1",
		port: 0,
		routes: {
			"/": new Response(html, { headers: { "content-type": "text/html" } }),
			"/gallery.js": new Response(script, { headers: { "content-type": "text/javascript" } }),
			"/kiosk.css": new Response(await sheet.outputs[0]!.text(), { headers: { "content-type": "text/css" } }),
		},
	});
	return { url: server.url.href, stop: () => void server.stop(true) };
}

/** A moving head for the mirror; Chromium wants 4:2:0, else it shows green. */
async function cameraClip(folder: string): Promise<string[]> {
	if (!(await Bun.file(CLIP).exists()) || !Bun.which("ffmpeg")) return [];
	const clip = join(folder, "camera.mjpeg");
	const crop = "crop=300:225:(iw-300)/2:40,scale=640:480";
	await Bun.$`ffmpeg -v error -y -i ${CLIP} -vf ${crop} -pix_fmt yuvj420p -q:v 3 -f mjpeg ${clip}`;
	return [`--use-file-for-fake-video-capture=${clip}`];
}

async function launch(folder: string): Promise<Browser> {
	const clip = await cameraClip(folder);
	return chromium.launch({
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--use-fake-device-for-media-stream",
			"--use-fake-ui-for-media-stream",
			...clip,
		],
	});
}

/** What is cut off: elements that leave the window, pages that would have to scroll. Runs in the page. */
export function overflowing(): string[] {
	const bad: string[] = [];
	for (const element of document.querySelectorAll<HTMLElement>("main *, header *, footer *")) {
		if (element.closest("svg, video, article, [inert]") || element.matches(".site-name")) continue;
		const box = element.getBoundingClientRect();
		const cut =
			box.width > 0 && (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1);
		const scrolls = element.matches(".full") && element.scrollHeight > element.clientHeight + 1;
		if (cut || scrolls) bad.push(`cut off: ${element.tagName.toLowerCase()}.${element.className}`);
	}
	return bad.slice(0, 4);
}
