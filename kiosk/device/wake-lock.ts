/** Keeps the panel lit; asks again whenever the page becomes visible. Browsers without the API simply dim. */

/** Returns the function that lets go. */
export function holdWakeLock(): () => void {
	let sentinel: WakeLockSentinel | undefined;
	const ask = async () => {
		if (document.visibilityState !== "visible" || (sentinel && !sentinel.released)) return;
		sentinel = await navigator.wakeLock?.request("screen").catch(() => undefined);
	};
	document.addEventListener("visibilitychange", ask);
	void ask();
	return () => {
		document.removeEventListener("visibilitychange", ask);
		void sentinel?.release();
	};
}
