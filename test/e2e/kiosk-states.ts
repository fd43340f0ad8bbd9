/**
 * Draws every state of the door page in real Chromium and takes pictures: `bun test/e2e/kiosk-states.ts OUT_FOLDER [state…]`.
 * For designers' eyes; it proves nothing about the product's work.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import type { GalleryWords } from "./kiosk-gallery-states.ts";

const ROOT = join(import.meta.dir, "../..");
const CLIP = join(ROOT, "../shared/faces/clips/head-turn-male.mjpeg");

const VIEWS = [
	{ name: "portrait", width: 800, height: 1280, dark: false },
	{ name: "landscape-dark", width: 1280, height: 800, dark: true },
	{ name: "landscape", width: 1280, height: 800, dark: false },
	{ name: "portrait-dark", width: 800, height: 1280, dark: true },
	{ name: "phone", width: 390, height: 844, dark: false },
	{ name: "wall-dark", width: 1920, height: 1080, dark: true },
] as const;

async function servePage(): Promise<{ url: string; stop: () => void }> {
	const built = await Bun.build({
		entrypoints: [join(import.meta.dir, "kiosk-gallery.tsx")],
		target: "browser",
		define: { "process.env.NODE_ENV": '"production"' },
	});
	const script = await built.outputs[0]!.text();
	const sheet = await Bun.build({ entrypoints: [join(ROOT, "assets/css/kiosk.css")] });
	const html = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
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

/** A moving head for the mirror, where one lies beside the checkout; Chromium wants 4:2:0, else it shows green. */
async function cameraClip(folder: string): Promise<string[]> {
	if (!(await Bun.file(CLIP).exists()) || !Bun.which("ffmpeg")) return [];
	const clip = join(folder, "camera.mjpeg");
	const crop = "crop=300:225:(iw-300)/2:40,scale=640:480";
	await Bun.$`ffmpeg -v error -y -i ${CLIP} -vf ${crop} -pix_fmt yuvj420p -q:v 3 -f mjpeg ${clip}`;
	return [`--use-file-for-fake-video-capture=${clip}`];
}

async function launch(folder: string): Promise<Browser> {
	await mkdir(folder, { recursive: true });
	const clip = await cameraClip(folder);
	return chromium.launch({
		executablePath: "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--use-fake-device-for-media-stream",
			"--use-fake-ui-for-media-stream",
			...clip,
		],
	});
}

interface GalleryWindow {
	drawState(name: string, words: GalleryWords): boolean;
	stateNames(words: GalleryWords): string[];
}

/** What is cut off: any element that is wider than the window or hides part of its own text. */
function overflowing(): string[] {
	const bad: string[] = [];
	for (const element of document.querySelectorAll<HTMLElement>("main *, header *, footer *")) {
		if (element.closest("svg, video, article, [inert]") || element.matches(".site-name")) continue;
		const box = element.getBoundingClientRect();
		const cut =
			box.width > 0 && (box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1);
		const scrolls = element.matches(".full") && element.scrollHeight > element.clientHeight + 1;
		if (cut || scrolls) bad.push(`${element.tagName.toLowerCase()}.${element.className}`);
	}
	return bad.slice(0, 4);
}

async function shoot(page: Page, words: GalleryWords, folder: string, wanted: string[]): Promise<void> {
	const names = await page.evaluate((w) => (globalThis as never as GalleryWindow).stateNames(w), words);
	for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one))) {
		await page.evaluate(([n, w]) => (globalThis as never as GalleryWindow).drawState(n, w), [
			name,
			words,
		] as const);
		await page.waitForTimeout(120);
		const cut = await page.evaluate(overflowing);
		if (cut.length > 0) console.log(`${folder} ${name}: ${cut.join(", ")}`);
		await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
	}
}

const [out = join(ROOT, "build/kiosk-states"), ...wanted] = process.argv.slice(2);
const allWords = (await Bun.file(join(import.meta.dir, "gallery/words.json")).json()) as GalleryWords[];
const site = await servePage();
const browser = await launch(out);
for (const view of VIEWS)
	for (const words of allWords) {
		const folder = join(out, `${words.lang}-${view.name}`);
		await mkdir(folder, { recursive: true });
		const colorScheme = view.dark ? "dark" : "light";
		const { width, height } = view;
		const context = await browser.newContext({
			viewport: { width, height },
			colorScheme,
			permissions: ["camera"],
		});
		const page = await context.newPage();
		page.on("pageerror", (error) => console.log(`${folder}: ${error.message}`));
		await page.goto(site.url);
		await page.waitForFunction(() => "drawState" in globalThis);
		await page.evaluate((w) => (globalThis as never as GalleryWindow).drawState("waiting", w), words);
		await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 1);
		await shoot(page, words, folder, wanted);
		await context.close();
	}
await browser.close();
site.stop();
