/**
 * Keeps the door page and its files on the device, by content hash: a repeat load costs no bytes and works with the box off.
 * Never touches the API: those answers must come from the box or not at all.
 */
/// <reference path="../scripts/assets/constants.d.ts" />

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const PAGE = "/kiosk";
const CACHE = `kiosk-${KIOSK_VERSION}`;
/** Face packs: their address names their content, so what is kept never grows old; only the last one is kept. */
const PACKS = "face-packs";
const KEPT = new Set<string>([PAGE, ...KIOSK_ASSETS]);

worker.addEventListener("install", (event) => event.waitUntil(fill().then(() => worker.skipWaiting())));

worker.addEventListener("activate", (event) => event.waitUntil(sweep().then(() => worker.clients.claim())));

worker.addEventListener("fetch", (event) => {
	const { pathname, origin } = new URL(event.request.url);
	if (event.request.method === "GET" && origin === location.origin && pathname.startsWith(`/${PACKS}/`))
		return event.respondWith(keepPack(event.request, pathname));
	if (event.request.method !== "GET" || origin !== location.origin || !KEPT.has(pathname)) return;
	event.respondWith(answer(event.request, pathname));
});

/** All files or none: a half-filled cache must never go into service. */
async function fill(): Promise<void> {
	const cache = await caches.open(CACHE);
	await cache.add(new Request(PAGE, { cache: "reload" }));
	await cache.addAll(KIOSK_ASSETS.map((url) => new Request(url)));
}

async function answer(request: Request, pathname: string): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(pathname)) ?? fetch(request);
}

/** From the device, else from the box and then kept; files of another pack go. */
async function keepPack(request: Request, pathname: string): Promise<Response> {
	const cache = await caches.open(PACKS);
	const kept = await cache.match(pathname);
	if (kept) return kept;
	const fresh = await fetch(request);
	if (!fresh.ok) return fresh;
	const folder = pathname.slice(0, pathname.lastIndexOf("/") + 1);
	const old = (await cache.keys()).filter(({ url }) => !new URL(url).pathname.startsWith(folder));
	await Promise.all(old.map((entry) => cache.delete(entry)));
	await cache.put(pathname, fresh.clone());
	return fresh;
}

async function sweep(): Promise<void> {
	const names = await caches.keys();
	const old = names.filter((name) => name.startsWith("kiosk-") && name !== CACHE);
	await Promise.all(old.map((name) => caches.delete(name)));
}

export {};
