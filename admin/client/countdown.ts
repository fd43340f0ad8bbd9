/** Counts `data-left-sec` seconds down as m:ss and then says `data-over`. Trusts no wall clock; holds no text of its own. */

const TICK_MS = 250;

function show(element: HTMLElement, startMs: number): boolean {
	const goneSec = (performance.now() - startMs) / 1000;
	const leftSec = Math.ceil(Number(element.dataset.leftSec) - goneSec);
	if (leftSec <= 0) {
		element.textContent = element.dataset.over ?? "";
		element.classList.add("over");
		return false;
	}
	element.textContent = `${Math.floor(leftSec / 60)}:${String(leftSec % 60).padStart(2, "0")}`;
	return true;
}

for (const element of document.querySelectorAll<HTMLElement>("[data-left-sec]")) {
	element.setAttribute("role", "timer");
	const startMs = performance.now();
	const timer = setInterval(() => {
		if (!show(element, startMs)) clearInterval(timer);
	}, TICK_MS);
	show(element, startMs);
}
