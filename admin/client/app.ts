/** Small comforts of every admin page: dialogs, menus, toasts, appearance, copying. Each page works without it. */

const byId = (id: string | null | undefined): HTMLElement | null => (id ? document.getElementById(id) : null);

function openOrClose(event: MouseEvent): void {
	const target = event.target instanceof Element ? event.target : null;
	const dialog = byId(target?.closest("[data-opens]")?.getAttribute("data-opens"));
	if (dialog instanceof HTMLDialogElement) dialog.showModal();
	if (target?.closest("[data-closes-dialog]") || target instanceof HTMLDialogElement)
		target.closest("dialog")?.close();
	for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-closes][open]"))
		if (!target || !menu.contains(target)) menu.open = false;
}

function closeMenus(event: KeyboardEvent): void {
	if (event.key !== "Escape") return;
	for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-closes][open]")) {
		menu.open = false;
		menu.querySelector("summary")?.focus();
	}
}

/** "/" jumps to the search field, as in most tools. */
function jumpToSearch(event: KeyboardEvent): void {
	const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
	if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
	const field = document.querySelector<HTMLInputElement>("main input[type=search]");
	if (!field) return;
	event.preventDefault();
	field.focus();
}

const TOAST_MS = 4_000;

/** Shows a line of text for a few seconds. */
function toast(text: string, tone: "ok" | "bad" = "ok"): void {
	const line = document.createElement("p");
	line.className = `toast ${tone}`;
	line.textContent = text;
	byId("toasts")?.append(line);
	setTimeout(() => line.remove(), TOAST_MS);
}

function applyTheme(event: SubmitEvent): void {
	const form = event.target instanceof Element ? event.target.closest("form[data-themes]") : null;
	const button = event.submitter;
	if (!form || !(button instanceof HTMLButtonElement)) return;
	event.preventDefault();
	if (button.value === "auto") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = button.value;
	for (const other of document.querySelectorAll<HTMLButtonElement>("form[data-themes] button"))
		other.setAttribute("aria-pressed", String(other.value === button.value));
	fetch("/preferences", { method: "POST", body: new URLSearchParams({ theme: button.value }) }).catch(
		() => {},
	);
}

async function copyText(event: MouseEvent): Promise<void> {
	const button = event.target instanceof Element ? event.target.closest("[data-copies]") : null;
	const source = byId(button?.getAttribute("data-copies"));
	if (!button || !source) return;
	await navigator.clipboard.writeText(textOf(source));
	toast(document.body.dataset.copied ?? "");
}

/** Saves the lines of a list as a text file; nothing leaves the browser. */
function saveText(event: MouseEvent): void {
	const button = event.target instanceof Element ? event.target.closest("[data-saves]") : null;
	const source = byId(button?.getAttribute("data-saves"));
	if (!button || !source) return;
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([`${textOf(source)}\n`], { type: "text/plain" }));
	link.download = button.getAttribute("data-file") ?? "codes.txt";
	link.click();
	URL.revokeObjectURL(link.href);
}

/** The value of a field, the lines of a list, or the text of anything else. */
function textOf(source: HTMLElement): string {
	if (source instanceof HTMLInputElement) return source.value;
	const rows = [...source.querySelectorAll("li")].map((row) => row.textContent ?? "");
	return rows.length > 0 ? rows.join("\n") : (source.textContent ?? "");
}

function togglePassword(event: MouseEvent): void {
	const button = event.target instanceof Element ? event.target.closest("[data-shows]") : null;
	const input = byId(button?.getAttribute("data-shows"));
	if (!button || !(input instanceof HTMLInputElement)) return;
	input.type = input.type === "password" ? "text" : "password";
	button.setAttribute("aria-pressed", String(input.type === "text"));
}

/** On a phone a list's filters wait behind one button. */
function unfold(event: MouseEvent): void {
	const button = event.target instanceof Element ? event.target.closest("[data-unfolds]") : null;
	button?.closest("form")?.classList.add("is-open");
}

document.addEventListener("click", openOrClose);
document.addEventListener("click", unfold);
document.addEventListener("click", copyText);
document.addEventListener("click", saveText);
document.addEventListener("click", togglePassword);
document.addEventListener("keydown", closeMenus);
document.addEventListener("keydown", jumpToSearch);
document.addEventListener("submit", applyTheme);
document.addEventListener("toast", (event) => {
	const { text, tone } = (event as CustomEvent<{ text: string; tone?: "ok" | "bad" }>).detail;
	toast(text, tone);
});
document.addEventListener("htmx:error", () => toast(document.body.dataset.offline ?? "", "bad"));
for (const line of document.querySelectorAll("#toasts .toast")) setTimeout(() => line.remove(), TOAST_MS);
for (const print of document.querySelectorAll("[data-prints]"))
	print.addEventListener("click", () => window.print());
