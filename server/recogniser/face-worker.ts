/** Entry point of the face Worker: photos in, faces out, one after the other. Must be listed as an extra entry point of the binary. */
import type { DetectedFace, Picture } from "../recognition/face-types.ts";
import type { FaceNet } from "../recognition/look.ts";
import {
	describeFace,
	findAllFaces,
	findFacesCascade,
	findLandmarks,
	measureFace,
} from "../recognition/look.ts";
import type { DescribedFace, DescribedPhoto } from "../recognition/photo-describer.ts";
import { assessFrame, PHOTO_LIMITS } from "../recognition/quality.ts";
import { cleanPhoto } from "./decode.ts";
import { loadFaceNet } from "./face-library.ts";
import type { DescribeMessage, WorkerMessage } from "./worker-protocol.ts";

/** More faces than this in one photo are not worth describing: it will be refused anyway. */
const MAX_FACES = 12;

declare const self: Worker;
const tell = (message: WorkerMessage): void => self.postMessage(message);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function describeOne(
	net: FaceNet,
	picture: Picture,
	face: DetectedFace,
): Promise<DescribedFace | undefined> {
	const landmarks = await findLandmarks(net, picture, face);
	const measures = measureFace(picture, face, landmarks);
	const descriptor = await describeFace(net, picture, landmarks);
	return descriptor && { measures, advice: assessFrame(measures, PHOTO_LIMITS), descriptor };
}

async function describe(net: FaceNet, { job, bytes, search }: DescribeMessage): Promise<WorkerMessage> {
	const clean = await cleanPhoto(bytes);
	if (!clean.ok) return { kind: "refused", job, error: clean.error };
	const { jpeg, picture } = clean.value;
	const found = search === "one" ? await findFacesCascade(net, picture) : await findAllFaces(net, picture);
	const faces: DescribedFace[] = [];
	for (const face of found.slice(0, MAX_FACES)) {
		const described = await describeOne(net, picture, face);
		if (described) faces.push(described);
	}
	const photo: DescribedPhoto = { jpeg, width: picture.width, height: picture.height, faces };
	return { kind: "described", job, photo };
}

async function serve(): Promise<void> {
	const { net, backend } = await loadFaceNet();
	let queue = Promise.resolve();
	self.onmessage = ({ data }: MessageEvent<DescribeMessage>) => {
		queue = queue
			.then(() => describe(net, data))
			.catch((error): WorkerMessage => ({ kind: "crashed", job: data.job, reason: reasonOf(error) }))
			.then(tell);
	};
	tell({ kind: "ready", backend });
}

serve().catch((error) => tell({ kind: "broken", reason: reasonOf(error) }));
