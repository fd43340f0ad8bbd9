/** One camera stream from its opening to its end. */

export interface OpenStream {
	/** The device's name, at most 120 characters. */
	readonly label: string;
	close(): void;
}

/** A camera that opened but delivers nothing for this long counts as lost. */
const FIRST_FRAME_MS = 5_000;

const WANTED: MediaStreamConstraints = {
	audio: false,
	video: {
		facingMode: "user",
		width: { ideal: 640 },
		height: { ideal: 480 },
		frameRate: { ideal: 15, max: 30 },
	},
};

/** Resolves when the first picture shows in `video`; rejects when refused, absent or silent. `ended` is called when it breaks off later. */
export async function openStream(video: HTMLVideoElement, ended: () => void): Promise<OpenStream> {
	const stream = await navigator.mediaDevices.getUserMedia(WANTED);
	const track = stream.getVideoTracks()[0]!;
	const close = () => {
		track.onended = null;
		for (const each of stream.getTracks()) each.stop();
		if (video.srcObject === stream) video.srcObject = null;
	};
	track.onended = ended;
	try {
		await show(video, stream);
	} catch (error) {
		close();
		throw error;
	}
	return { label: track.label.slice(0, 120), close };
}

async function show(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
	video.muted = true;
	video.playsInline = true;
	video.srcObject = stream;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("no first frame")), FIRST_FRAME_MS);
	});
	await Promise.race([video.play(), late]).finally(() => clearTimeout(timer));
}
