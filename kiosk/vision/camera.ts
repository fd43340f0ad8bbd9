/** Opens the camera and keeps it open: refused, missing, unplugged, taken by another program, back again. Judges no picture. */

export type CameraCondition = "starting" | "ok" | "denied" | "lost" | "insecure";

export interface Camera {
	open(): void;
	/** Tries again at once, e.g. after the person has allowed the camera. */
	retry(): void;
	close(): void;
	/** The device's name; empty until open. */
	label(): string;
}

/** How often a camera that is gone is looked for; `devicechange` usually comes first. */
const RETRY_MS = 3_000;
/** A camera that opened but delivers nothing. */
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

/** Programs that feed pictures into a camera of their own making. A hint for the manager, no proof. */
const VIRTUAL =
	/\bobs\b|virtual|manycam|snap ?camera|xsplit|splitcam|droidcam|iriun|epoccam|e2esoft|vcam|v4l2loopback|dummy video/i;

export const isVirtualCamera = (label: string): boolean => VIRTUAL.test(label);

/** Shows the camera in `video` and tells each change of condition. */
export function makeCamera(video: HTMLVideoElement, tell: (condition: CameraCondition) => void): Camera {
	let stream: MediaStream | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let attempt = 0;
	let wanted = false;

	const drop = () => {
		clearTimeout(timer);
		for (const track of stream?.getTracks() ?? []) {
			track.onended = null;
			track.stop();
		}
		stream = undefined;
		video.srcObject = null;
	};

	const gone = (condition: "lost" | "denied") => {
		drop();
		tell(condition);
		if (wanted) timer = setTimeout(connect, RETRY_MS);
	};

	const connect = async () => {
		const mine = ++attempt;
		drop();
		if (!navigator.mediaDevices?.getUserMedia) return tell(isSecureContext ? "lost" : "insecure");
		try {
			const opened = await navigator.mediaDevices.getUserMedia(WANTED);
			if (mine !== attempt || !wanted) return stopAll(opened);
			stream = opened;
			opened.getVideoTracks()[0]!.onended = () => gone("lost");
			await show(video, opened);
			if (mine === attempt) tell("ok");
		} catch (error) {
			if (mine === attempt) gone(isRefusal(error) ? "denied" : "lost");
		}
	};

	const reconnect = () => {
		if (wanted && !stream) void connect();
	};

	return {
		open() {
			wanted = true;
			tell("starting");
			navigator.mediaDevices?.addEventListener("devicechange", reconnect);
			void watchPermission(reconnect);
			void connect();
		},
		retry() {
			if (!wanted) return;
			tell("starting");
			void connect();
		},
		close() {
			wanted = false;
			attempt++;
			navigator.mediaDevices?.removeEventListener("devicechange", reconnect);
			drop();
		},
		label: () => stream?.getVideoTracks()[0]?.label.slice(0, 120) ?? "",
	};
}

const stopAll = (stream: MediaStream): void => {
	for (const track of stream.getTracks()) track.stop();
};

const isRefusal = (error: unknown): boolean =>
	error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError");

/** Resolves with the first picture; rejects when none comes. */
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

/** Where the browser tells of a permission granted later, the camera opens by itself. */
async function watchPermission(changed: () => void): Promise<void> {
	try {
		const status = await navigator.permissions.query({ name: "camera" as PermissionName });
		status.addEventListener("change", changed);
	} catch {
		// The browser does not know this permission; the timer and the retry button remain.
	}
}
