/** Ticks the hints under a new password while it is typed. The server decides; this only saves a round trip. */

/** The worst of the list that the server holds in full. */
const WORST =
	/^[^a-z]*(password|passwort|admin|administrator|welcome|iloveyou|letmein|dragon|monkey|sunshine)[^a-z]*$/;

const isPlain = (text: string): boolean =>
	/^(.{1,6})\1+.{0,5}$/s.test(text) || /0123456789|12345678|abcdefgh|qwerty/.test(text) || WORST.test(text);

function personalWords(form: HTMLFormElement): string[] {
	return ["login", "name"]
		.map((name) => form.elements.namedItem(name))
		.map((field) => (field instanceof HTMLInputElement ? field.value.trim().toLowerCase() : ""))
		.filter((word) => word.length >= 4);
}

function tick(list: HTMLElement, input: HTMLInputElement): void {
	const text = input.value.toLowerCase();
	const met: Record<string, boolean> = {
		length: [...text].length >= Number(list.dataset.min),
		plain: text.length > 3 && !isPlain(text),
		personal:
			text.length > 3 && !(input.form && personalWords(input.form).some((word) => text.includes(word))),
	};
	for (const row of list.querySelectorAll<HTMLElement>("[data-rule]"))
		row.classList.toggle("met", met[row.dataset.rule ?? ""] ?? false);
}

for (const list of document.querySelectorAll<HTMLElement>("[data-hints]")) {
	const input = document.getElementById(list.dataset.hints ?? "");
	if (input instanceof HTMLInputElement) input.addEventListener("input", () => tick(list, input));
}
