/** Serves the vision page under the product's content policy and opens it in Chromium with a fake camera. */
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import type { VisionEvent, VisionMode } from "../../kiosk/app/vision-port.ts";
import type { FaceNetNews } from "../../server/protocol/kiosk.ts";

const ROOT = join(import.meta.dir, "../..");
const FACE_API = join(ROOT, "node_modules/@vladmandic/face-api");
const WASM = join(ROOT, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
const CSP =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; media-src 'self'";

export interface Said {
	readonly atMs: number;
	readonly event: VisionEvent;
}

export interface VisionRig {
	readonly page: Page;
	/** Everything the console complained about. */
	readonly complaints: string[];
	setMode(mode: VisionMode): Promise<void>;
	/** As a hello of the box would tell it. */
	useNet(news: FaceNetNews | undefined): Promise<void>;
	said(): Promise<Said[]>;
	/** Waits until something was said that passes; the test's own time limit applies. */
	until<T extends VisionEvent>(passes: (event: VisionEvent) => event is T): Promise<T>;
	close(): Promise<void>;
}

/** Where Debian puts it; undefined skips the test in words. */
export const chromiumPath = (): string | null => Bun.which("chromium") ?? Bun.which("google-chrome");

async function fileFor(path: string, extra: ExtraFiles): Promise<Response> {
	const headers = { "content-security-policy": CSP };
	if (Object.hasOwn(extra, path)) return new Response(extra[path], { headers });
	if (path === "/") {
		const html = '<!doctype html><title>eyes</title><body><script type="module" src="/page.js"></script>';
		return new Response(html, { headers: { ...headers, "content-type": "text/html" } });
	}
	if (path === "/favicon.ico") return new Response(null, { status: 204 });
	if (path === "/page.js") {
		const built = await Bun.build({
			entrypoints: [Bun.fileURLToPath(new URL("./vision-page.ts", import.meta.url))],
			target: "browser",
		});
		return new Response(built.outputs[0]!, { headers: { ...headers, "content-type": "text/javascript" } });
	}
	const [, folder, name = ""] = path.split("/");
	const from = folder === "models" ? join(FACE_API, "model", name) : join(WASM, name);
	const file = Bun.file(folder === "face-api.js" ? join(FACE_API, "dist/face-api.esm.js") : from);
	return (await file.exists())
		? new Response(file, { headers })
		: new Response(null, { status: 404, headers });
}

/** Further files by path, as those of a face pack. */
export type ExtraFiles = Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>;

/** `clip`: path of an MJPEG for the camera; without it the camera is refused. */
export async function openVision(clip?: string, extra: ExtraFiles = {}): Promise<VisionRig> {
	const server = Bun.serve({
		port: 0,
		hostname: "127.0.0.1",
		fetch: (r) => fileFor(new URL(r.url).pathname, extra),
	});
	const fake = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip}`];
	const browser = await chromium.launch({
		executablePath: chromiumPath()!,
		args: ["--no-sandbox", ...(clip ? fake : [])],
	});
	const context = await browser.newContext({ permissions: clip ? ["camera"] : [] });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(String(error)));
	await page.goto(`http://127.0.0.1:${server.port}/`);
	const said = () => page.evaluate(() => (window as unknown as { said: Said[] }).said);
	return {
		page,
		complaints,
		said,
		setMode: (mode) =>
			page.evaluate((m) => (window as unknown as { setMode(m: VisionMode): void }).setMode(m), mode),
		useNet: (news) =>
			page.evaluate((n) => (window as unknown as { useNet(n: unknown): void }).useNet(n), news),
		async until(passes) {
			for (;;) {
				const found = (await said()).map((s) => s.event).find(passes);
				if (found) return found;
				await Bun.sleep(50);
			}
		},
		async close() {
			await browser.close();
			await server.stop(true);
		},
	};
}
