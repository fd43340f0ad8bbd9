/**
 * Keeps parts of a page at the present. An element with `data-live="<address>"` gets server-sent events:
 * `part {id, html}` replaces an element, `row {list, id, html}` puts a row at the top of a list or in its old place,
 * `gone {id}` takes one away. After a break the whole live element is fetched anew.
 */

interface Part {
	readonly id: string;
	readonly html: string;
}
interface Row extends Part {
	readonly list: string;
}

const RETRY_MS = 4_000;

const built = (html: string): Element | null => {
	const template = document.createElement("template");
	template.innerHTML = html;
	return template.content.firstElementChild;
};

/** A person is busy inside it: replacing it now would take their work away. */
const isBusy = (element: Element): boolean =>
	element.querySelector("dialog[open]") !== null ||
	element.querySelector("input:focus, select:focus") !== null;

function put(old: Element, html: string): void {
	const fresh = built(html);
	if (!fresh || isBusy(old) || old.outerHTML === fresh.outerHTML) return;
	const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
	old.replaceWith(fresh);
	if (focused) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
	htmx?.process(fresh);
}

declare const htmx: { process(element: Element): void } | undefined;

function onPart({ id, html }: Part): void {
	const old = document.getElementById(id);
	if (old) put(old, html);
}

/** The first page lists the latest on top; other pages only refresh what they show. */
function onRow({ list, id, html }: Row): void {
	const box = document.getElementById(list);
	const old = document.getElementById(id);
	const most = Number(box?.dataset.most ?? 0);
	if (box?.dataset.page !== "1") {
		if (old) put(old, html);
		return;
	}
	const fresh = built(html);
	if (!fresh) return;
	fresh.classList.add("fresh");
	old?.remove();
	box.prepend(fresh);
	while (most > 0 && box.childElementCount > most) box.lastElementChild?.remove();
}

function onGone({ id }: { readonly id: string }): void {
	document.getElementById(id)?.remove();
}

/** Fetches the page again and takes its live element; leaves for the login when the session is over. */
async function refetch(live: Element): Promise<boolean> {
	const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
	if (!answer) return false;
	if (answer.redirected || !answer.ok) {
		location.reload();
		return false;
	}
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const fresh = page.getElementById(live.id);
	if (fresh) put(live, fresh.outerHTML);
	return true;
}

const streams = new Map<Element, EventSource>();

function connect(live: HTMLElement): void {
	const source = new EventSource(live.dataset.live ?? "");
	streams.set(live, source);
	let broken = false;
	source.addEventListener("open", () => {
		live.classList.remove("is-behind");
		if (broken) void refetch(live).then(scan);
		broken = false;
	});
	source.addEventListener("error", () => {
		broken = true;
		live.classList.add("is-behind");
		if (source.readyState === EventSource.CLOSED) setTimeout(() => void refetch(live).then(scan), RETRY_MS);
	});
	source.addEventListener("part", (event) => onPart(JSON.parse(event.data)));
	source.addEventListener("row", (event) => onRow(JSON.parse(event.data)));
	source.addEventListener("gone", (event) => onGone(JSON.parse(event.data)));
}

/** Closes streams whose element has left the page, opens those of new ones. */
function scan(): void {
	for (const [live, source] of streams) {
		if (live.isConnected && source.readyState !== EventSource.CLOSED) continue;
		source.close();
		streams.delete(live);
	}
	for (const live of document.querySelectorAll<HTMLElement>("[data-live]"))
		if (!streams.has(live)) connect(live);
}

document.addEventListener("htmx:after:swap", scan);
addEventListener("pageshow", scan);
addEventListener("pagehide", () => {
	for (const source of streams.values()) source.close();
	streams.clear();
});
scan();
