/** Entry point of the face Worker: photos in, faces out, one after the other; nets of packs stand beside the built-in one. Must be listed as an extra entry point of the binary. */
import { notFound } from "../base/app-error.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import type { DetectedFace, Picture } from "../recognition/face-types.ts";
import type { GraphNet, GraphNetFiles } from "../recognition/graph-net.ts";
import type { FaceDescriber, FaceNet } from "../recognition/look.ts";
import {
	describeFace,
	findAllFaces,
	findFacesCascade,
	findLandmarks,
	measureFace,
} from "../recognition/look.ts";
import { recogniserTag } from "../recognition/model.ts";
import type { DescribedFace, DescribedPhoto } from "../recognition/photo-describer.ts";
import { assessFrame, PHOTO_LIMITS } from "../recognition/quality.ts";
import { cleanPhoto } from "./decode.ts";
import { loadFaceNet } from "./face-library.ts";
import type { DescribeMessage, LoadPackMessage, WorkerMessage, WorkerOrder } from "./worker-protocol.ts";

/** More faces than this in one photo are not worth describing: it will be refused anyway. */
const MAX_FACES = 12;

declare const self: Worker;
const tell = (message: WorkerMessage): void => self.postMessage(message);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Nets {
	readonly finder: FaceNet;
	/** Built in and from packs, by tag. */
	readonly describers: Map<string, FaceDescriber>;
}

async function describeOne(
	{ finder }: Nets,
	chosen: readonly (readonly [string, FaceDescriber])[],
	picture: Picture,
	face: DetectedFace,
): Promise<DescribedFace | undefined> {
	const landmarks = await findLandmarks(finder, picture, face);
	const measures = measureFace(picture, face, landmarks);
	const descriptors: Record<string, Descriptor> = {};
	for (const [tag, net] of chosen) {
		const descriptor = await describeFace(net, picture, landmarks);
		if (!descriptor) return undefined;
		descriptors[tag] = descriptor;
	}
	const descriptor = descriptors[chosen[0]![0]]!;
	return { measures, landmarks, advice: assessFrame(measures, PHOTO_LIMITS), descriptor, descriptors };
}

async function describe(nets: Nets, message: DescribeMessage): Promise<WorkerMessage> {
	const { job, bytes, search } = message;
	const chosen = message.nets.map((tag) => [tag, nets.describers.get(tag)] as const);
	if (!chosen.every(isLoaded)) return { kind: "refused", job, error: notFound("face.net_unknown") };
	const clean = await cleanPhoto(bytes);
	if (!clean.ok) return { kind: "refused", job, error: clean.error };
	const { jpeg, picture } = clean.value;
	const found =
		search === "one"
			? await findFacesCascade(nets.finder, picture)
			: await findAllFaces(nets.finder, picture);
	const faces: DescribedFace[] = [];
	for (const face of found.slice(0, MAX_FACES)) {
		const described = await describeOne(nets, chosen, picture, face);
		if (described) faces.push(message.landmarks ? described : { ...described, landmarks: undefined });
	}
	const photo: DescribedPhoto = { jpeg, width: picture.width, height: picture.height, faces };
	return { kind: "described", job, photo };
}

const isLoaded = (
	pair: readonly [string, FaceDescriber | undefined],
): pair is readonly [string, FaceDescriber] => pair[1] !== undefined;

/** Nets of packs that are in memory, to be freed when dropped or loaded anew. */
const packs = new Map<string, GraphNet>();

async function loadPack(
	{ describers }: Nets,
	load: (files: GraphNetFiles) => Promise<GraphNet>,
	{ tag, files }: LoadPackMessage,
): Promise<WorkerMessage> {
	dropPack(describers, tag);
	try {
		const net = await load(files);
		packs.set(tag, net);
		describers.set(tag, net);
		return { kind: "pack", tag };
	} catch (error) {
		return { kind: "pack", tag, reason: reasonOf(error) };
	}
}

function dropPack(describers: Nets["describers"], tag: string): void {
	packs.get(tag)?.dispose();
	packs.delete(tag);
	describers.delete(tag);
}

async function serve(): Promise<void> {
	const { net, backend, loadPack: load } = await loadFaceNet();
	const nets: Nets = { finder: net, describers: new Map([[recogniserTag(net.recogniser), net]]) };
	let queue = Promise.resolve();
	self.onmessage = ({ data }: MessageEvent<WorkerOrder>) => {
		queue = queue.then(() => obey(data)).then((answer) => answer && tell(answer));
	};
	tell({ kind: "ready", backend });

	async function obey(order: WorkerOrder): Promise<WorkerMessage | undefined> {
		if (order.kind === "load_pack") return loadPack(nets, load, order);
		if (order.kind === "drop_pack") return void dropPack(nets.describers, order.tag);
		return describe(nets, order).catch(
			(error): WorkerMessage => ({
				kind: "crashed",
				job: order.job,
				reason: reasonOf(error),
			}),
		);
	}
}

serve().catch((error) => tell({ kind: "broken", reason: reasonOf(error) }));
