/** Looks over a door page's shoulder: when it took its last frame, described it, asked the box and showed the name. Runs in the page. */

/** Milliseconds of one walk-up on the page's clock. */
export interface WalkUp {
	/** The last agreeing frame left the camera. */
	readonly grabbedMs: number;
	/** It was found, measured and described. */
	readonly describedMs: number;
	readonly sentMs: number;
	readonly answeredMs: number;
	/** The name was on the screen. */
	readonly paintedMs: number;
}

declare global {
	var walkUps: WalkUp[];
}

/** An init script: must not use anything outside itself. */
export function watchWalkUps(): void {
	const at = { grabbedMs: 0, describedMs: 0, sentMs: 0, answeredMs: 0 };
	globalThis.walkUps = [];
	const draw = CanvasRenderingContext2D.prototype.drawImage;
	CanvasRenderingContext2D.prototype.drawImage = function (...args: unknown[]) {
		if (args[0] instanceof HTMLVideoElement) at.grabbedMs = performance.now();
		Reflect.apply(draw, this, args);
	};
	const encode = HTMLCanvasElement.prototype.toBlob;
	HTMLCanvasElement.prototype.toBlob = function (...args) {
		at.describedMs = performance.now();
		Reflect.apply(encode, this, args);
	};
	const ask = globalThis.fetch;
	const timed = async (...args: Parameters<typeof fetch>): Promise<Response> => {
		const isPunch = String(args[0]).endsWith("/api/kiosk/punch");
		if (isPunch) at.sentMs = performance.now();
		const answer = await ask(...args);
		if (isPunch) at.answeredMs = performance.now();
		return answer;
	};
	globalThis.fetch = timed as typeof fetch;
	let shown = "";
	new MutationObserver(() => {
		const screen = document.querySelector<HTMLElement>(".kiosk")?.dataset.screen ?? "";
		if (screen === "result" && shown !== "result") {
			const seen = { ...at };
			requestAnimationFrame(() =>
				setTimeout(() => globalThis.walkUps.push({ ...seen, paintedMs: performance.now() })),
			);
		}
		shown = screen;
	}).observe(document, {
		subtree: true,
		childList: true,
		attributes: true,
		attributeFilter: ["data-screen"],
	});
}
