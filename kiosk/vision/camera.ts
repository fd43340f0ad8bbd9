/** Opens the camera and keeps it open: refused, missing, unplugged, taken by another program, back again. Judges no picture. */
import { type OpenStream, openStream } from "./camera-stream.ts";

export type CameraCondition = "starting" | "ok" | "denied" | "lost" | "insecure";

export interface Camera {
	/** Once per page; the camera ends with the page. */
	open(): void;
	/** Tries again at once, e.g. after the person has allowed the camera. */
	retry(): void;
	/** The device's name; empty until open. */
	label(): string;
}

/** How often a camera that is gone is looked for; `devicechange` usually comes first. */
const RETRY_MS = 3_000;

/** Programs that feed pictures into a camera of their own making. A hint for the manager, no proof. */
const VIRTUAL =
	/\bobs\b|virtual|manycam|snap ?camera|xsplit|splitcam|droidcam|iriun|epoccam|e2esoft|vcam|v4l2loopback|dummy video/i;

export const isVirtualCamera = (label: string): boolean => VIRTUAL.test(label);

/** Shows the camera in `video` and tells each change of condition. */
export function makeCamera(video: HTMLVideoElement, tell: (condition: CameraCondition) => void): Camera {
	let stream: OpenStream | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let attempt = 0;

	const drop = () => {
		clearTimeout(timer);
		stream?.close();
		stream = undefined;
	};
	const gone = (condition: "lost" | "denied") => {
		drop();
		tell(condition);
		// A refusal is not asked again by itself: each try may show the browser's question.
		if (condition === "lost") timer = setTimeout(connect, RETRY_MS);
	};
	const connect = async () => {
		const mine = ++attempt;
		drop();
		if (!isSecureContext) return tell("insecure");
		try {
			const opened = await openStream(video, () => mine === attempt && gone("lost"));
			if (mine !== attempt) return opened.close();
			stream = opened;
			tell("ok");
		} catch (error) {
			if (mine === attempt) gone(isRefusal(error) ? "denied" : "lost");
		}
	};
	const reconnect = () => {
		if (!stream) void connect();
	};
	const begin = () => {
		tell("starting");
		void connect();
	};

	return {
		open() {
			navigator.mediaDevices?.addEventListener("devicechange", reconnect);
			void watchPermission(reconnect);
			begin();
		},
		retry: begin,
		label: () => stream?.label ?? "",
	};
}

const isRefusal = (error: unknown): boolean =>
	error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "SecurityError");

/** Where the browser tells of a permission granted later, the camera opens by itself. */
async function watchPermission(changed: () => void): Promise<void> {
	try {
		const status = await navigator.permissions.query({ name: "camera" as PermissionName });
		status.addEventListener("change", changed);
	} catch {
		// The browser does not know this permission; the timer and the retry button remain.
	}
}
