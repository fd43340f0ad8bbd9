/** What the door page needs from its eyes; the camera and the nets live in `kiosk/vision/`. */
import type { FaceEvidence, FaceNetNews, HelloRequest } from "../../server/protocol/kiosk.ts";
import type { TurnAnswer } from "../../server/protocol/turn.ts";
import type { Side } from "../../server/recognition/challenge.ts";
import type { Advice, Pose } from "../../server/recognition/quality.ts";

export type CameraState = HelloRequest["camera"];

export type VisionMode =
	| { readonly kind: "off" }
	| { readonly kind: "punch"; readonly framesNeeded: number }
	/** Several people at once, each followed and told once. */
	| { readonly kind: "pass"; readonly framesNeeded: number }
	| { readonly kind: "enrol"; readonly pose: Pose }
	/** Watches one turn of the head, once per `id`. */
	| { readonly kind: "turn"; readonly id: string; readonly side: Side; readonly windowMs: number };

export type VisionEvent =
	| { readonly kind: "camera"; readonly state: CameraState; readonly label?: string }
	| { readonly kind: "nobody" }
	| {
			readonly kind: "face";
			readonly advice: Advice;
			readonly agreed: number;
			readonly needed: number;
			/** Yaw proxy of the head, while pictures for an enrolment are taken. */
			readonly yaw?: number;
	  }
	| { readonly kind: "several" }
	/** Enough agreeing frames of one face. */
	| { readonly kind: "probe"; readonly face: FaceEvidence; readonly virtualCamera: boolean }
	/** Somebody walking by, described well enough; told again when the same person, alone, has stayed. */
	| {
			readonly kind: "passer";
			readonly track: number;
			readonly face: FaceEvidence;
			readonly virtualCamera: boolean;
			readonly stays: boolean;
	  }
	/** The turn is over, done or not; without an answer when no face was seen at all. */
	| { readonly kind: "turned"; readonly id: string; readonly answer?: TurnAnswer }
	/** One good enrolment frame of the pose asked for. */
	| { readonly kind: "shot"; readonly pose: Pose; readonly jpeg: string }
	| { readonly kind: "measured"; readonly backend: string; readonly frameMs: number };

export interface Vision {
	/** Opens the camera into `video` and loads the nets; every trouble arrives as a `camera` event. */
	start(video: HTMLVideoElement, listener: (event: VisionEvent) => void): void;
	setMode(mode: VisionMode): void;
	/** Describes with this pack of the box from now on; undefined: with the built-in net. Loads by itself, again and again until it can. */
	useNet(news: FaceNetNews | undefined): void;
	/** Tries the camera again after a refusal or a loss. */
	retry(): void;
}
