/** Everything the page knows of the face before it, in one place, so that it can be forgotten in one call. */
import { type CaptureState, emptyCapture } from "../../server/recognition/capture.ts";
import type { Picture } from "../../server/recognition/face-types.ts";
import type { FrameCanvas } from "./frame-canvas.ts";
import type { LookMemory } from "./look.ts";
import type { PassLook } from "./pass-look.ts";
import type { TurnWatch } from "./turn-watch.ts";

export interface Session {
	capture: CaptureState;
	readonly memory: LookMemory;
	/** The turn of the head being watched. */
	turn?: { readonly id: string; readonly watch: TurnWatch };
	/** The people walking by. */
	pass?: PassLook;
	/** The frame being looked at. */
	picture?: Picture;
	/** Overwrites descriptors and pixels and starts afresh; what the camera itself does (frozen, black) stays known. */
	forget(): void;
}

export function makeSession(canvas: FrameCanvas): Session {
	const session: Session = {
		capture: emptyCapture(),
		memory: { misses: 0 },
		forget() {
			for (const kept of session.capture.kept) kept.descriptor.fill(0);
			session.picture?.data.fill(0);
			session.picture = undefined;
			session.turn = undefined;
			session.pass?.forget();
			session.pass = undefined;
			session.memory.misses = 0;
			session.memory.last = undefined;
			session.capture = { ...session.capture, kept: [], path: [] };
			canvas.wipe();
		},
	};
	return session;
}
