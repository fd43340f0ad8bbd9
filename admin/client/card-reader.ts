/** A card reader types like a very fast keyboard. Wherever the focus is, its burst lands in the card field of the page. */

/** Readers send a character every 1–20 ms; nobody types that fast. */
const BURST_GAP_MS = 40;
const SHORTEST_CARD = 4;

let burst = "";
let lastAt = 0;

function collect(event: KeyboardEvent): void {
	const field = document.querySelector<HTMLInputElement>("input[data-card-reader]");
	const inField = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
	if (!field || inField) return;
	if (event.timeStamp - lastAt > BURST_GAP_MS) burst = "";
	lastAt = event.timeStamp;
	if (event.key.length === 1) burst += event.key;
	if (event.key !== "Enter" || burst.length < SHORTEST_CARD) return;
	event.preventDefault();
	field.value = burst;
	burst = "";
	field.focus();
	field.form?.requestSubmit();
}

document.addEventListener("keydown", collect);
