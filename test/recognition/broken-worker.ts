/** A Worker for fault tests: describes nothing; the first byte of a photo says how to fail. */
declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<{ job: number; bytes: Uint8Array }>) => {
	const wish = data.bytes[0];
	if (wish === 1) process.exit(3);
	if (wish === 2) return; // hangs
	if (wish === 3) self.postMessage({ kind: "crashed", job: data.job, reason: "a bug" });
	else
		self.postMessage({
			kind: "described",
			job: data.job,
			photo: { jpeg: data.bytes, width: 1, height: 1, faces: [] },
		});
};
self.postMessage({ kind: "ready", backend: "none" });

export {};
