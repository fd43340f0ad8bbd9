/** Counts down to `data-until` (epoch ms) as m:ss and then says `data-over`. Holds no text of its own. */

const TICK_MS = 250;

function show(element: HTMLElement): boolean {
	const leftSec = Math.ceil((Number(element.dataset.until) - Date.now()) / 1000);
	if (leftSec <= 0) {
		element.textContent = element.dataset.over ?? "";
		element.classList.add("over");
		return false;
	}
	element.textContent = `${Math.floor(leftSec / 60)}:${String(leftSec % 60).padStart(2, "0")}`;
	return true;
}

for (const element of document.querySelectorAll<HTMLElement>("[data-until]")) {
	element.setAttribute("role", "timer");
	const timer = setInterval(() => {
		if (!show(element)) clearInterval(timer);
	}, TICK_MS);
	show(element);
}
