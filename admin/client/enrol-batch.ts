/** Sends a zip of portraits, or packs a chosen folder into one first, and shows why the box refused. Progress is the page's own. */
import { type Zippable, zipSync } from "fflate";

const PICTURE = /\.(jpe?g|png|webp|heic|heif)$/i;

/** Photos are packed already; storing them is quick and small. */
async function packFolder(files: readonly File[]): Promise<Blob> {
	const content: Zippable = {};
	for (const file of files.filter((one) => PICTURE.test(one.name)))
		content[file.webkitRelativePath || file.name] = [new Uint8Array(await file.arrayBuffer()), { level: 0 }];
	return new Blob([zipSync(content) as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}

async function send(form: HTMLFormElement, say: (text: string) => void): Promise<void> {
	const files = (name: string) => [...((form.elements.namedItem(name) as HTMLInputElement).files ?? [])];
	const zip = files("zip")[0];
	const folder = files("folder");
	const { post = "", sending = "", packing = "", nothing = "", network = "" } = form.dataset;
	if (!zip && folder.length === 0) return say(nothing);
	say(zip ? sending : packing);
	const body = zip ?? (await packFolder(folder));
	say(sending);
	try {
		const to = `${post}&signed=${new FormData(form).get("signed") ?? ""}`;
		const response = await fetch(to, {
			method: "POST",
			headers: { "content-type": "application/zip" },
			body,
		});
		if (response.ok) return location.assign("/enrolments/batch");
		const answer = (await response.json()) as { error?: { message?: string } };
		say(answer.error?.message ?? network);
	} catch {
		say(network);
	}
}

const form = document.getElementById("enrol-batch");
if (form instanceof HTMLFormElement)
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = form.querySelector<HTMLButtonElement>("button[type=submit]")!;
		const message = form.querySelector<HTMLElement>(".batch-message")!;
		button.disabled = true;
		await send(form, (text) => {
			message.hidden = false;
			message.textContent = text;
		});
		button.disabled = false;
	});
