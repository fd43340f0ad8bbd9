/**
 * The second look: computes the descriptor of the evidence photo on the box itself and compares it with what the kiosk sent
 * and with the person's templates. Never delays or undoes a punch; a contradiction becomes a note beside it.
 */
import {
	insertNote,
	type NoteKind,
	type PunchRow,
	punchById,
	punchesWithoutVerdict,
	punchPhoto,
} from "../../db/punch.ts";
import type { Store } from "../../db/store.ts";
import { newId } from "../base/ids.ts";
import type { Clock } from "../base/units.ts";
import type { Descriptor } from "../recognition/descriptor.ts";
import { recogniserTag } from "../recognition/model.ts";
import type { PhotoDescriber } from "../recognition/photo-describer.ts";
import { looksTampered } from "../recognition/verify.ts";
import type { Vault } from "../vault/vault.ts";
import type { DomainBus } from "./events.ts";
import type { FaceIndex } from "./face-index.ts";
import { photoContext } from "./photo-context.ts";
import { refreshDay } from "./refresh-day.ts";
import { sealLeaf } from "./sealing.ts";

export interface SecondLook {
	readonly punch: PunchRow;
	readonly jpeg: Uint8Array;
	/** What the kiosk computed; absent when the look was put off over a restart. */
	readonly probe?: Descriptor;
	/** The net that computed it. */
	readonly tag?: string;
	/** The person was found by the face alone. */
	readonly claimsFace: boolean;
}

export interface Reverify {
	/** Queues a second look; returns at once. */
	soon(look: SecondLook): void;
	/** Looks at photos that a stop of the box left without a verdict; one after another, in the background. */
	resume(): void;
	/** Resolves when everything queued so far has been looked at. */
	settled(): Promise<void>;
	/** Takes no further look; what waits is left to the next start. Resolves when the current one is done. */
	stop(): Promise<void>;
}

export interface ReverifyDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly faces: FaceIndex;
	readonly describer: PhotoDescriber;
	readonly vault: Pick<Vault, "openBio">;
	readonly onError: (error: unknown) => void;
}

interface Verdict {
	readonly kind: NoteKind;
	readonly reason: string;
}

/** Looks that may wait with their photo in memory: a quarter of an hour of work, some 30 MB. */
const MOST_WAITING = 400;
const TOO_BUSY: Verdict = { kind: "unverifiable", reason: "face.busy" };

export function makeReverify(deps: ReverifyDeps): Reverify {
	let running = Promise.resolve();
	let waiting = 0;
	let stopped = false;
	const reverify: Reverify = {
		soon(look) {
			// Beyond the limit the photo is let go now and the note says so: memory stays bounded in a rush.
			const { punch } = look;
			const judged = waiting < MOST_WAITING ? judgeLater(deps, look) : async () => TOO_BUSY;
			waiting += 1;
			running = running
				.then(async () => {
					if (!stopped) await note(deps, punch, await judged());
				})
				.catch(deps.onError)
				.finally(() => {
					waiting -= 1;
				});
		},
		resume() {
			for (const id of punchesWithoutVerdict(deps.store, MOST_WAITING)) {
				const look = openLook(deps, id);
				if (look) reverify.soon(look);
			}
		},
		settled: () => running,
		stop() {
			stopped = true;
			return running;
		},
	};
	return reverify;
}

/** The stored photo of a punch; undefined when it was erased meanwhile. */
function openLook({ store, vault }: ReverifyDeps, punchId: string): SecondLook | undefined {
	const punch = punchById(store, punchId);
	const photo = punchPhoto(store, punchId);
	const jpeg = punch && photo && vault.openBio(punch.employeeId, photoContext(punchId), photo.sealed);
	return punch && jpeg ? { punch, jpeg, claimsFace: punch.match.how === "face" } : undefined;
}

const judgeLater = (deps: ReverifyDeps, look: SecondLook) => () => judge(deps, look);

async function note({ store, clock, bus }: ReverifyDeps, punch: PunchRow, verdict: Verdict): Promise<void> {
	const { id: punchId, employeeId, workDate, zone, seq: ref } = punch;
	const nowMs = clock.nowMs();
	await store.commit((tx) => {
		const body = { v: 1, ref, note: verdict.kind, reason: verdict.reason, by: "box:second-look" };
		const seq = sealLeaf(tx, "correction", body, nowMs);
		insertNote(tx, { id: newId(nowMs), punchId, ...verdict, madeBy: "box", atMs: nowMs, seq });
		if (verdict.kind === "mismatch") refreshDay(tx, employeeId, workDate, { zone, nowMs });
	});
	bus.emit("note", { punchId, employeeId, workDate });
}

async function judge({ describer, faces }: ReverifyDeps, look: SecondLook): Promise<Verdict> {
	const { recogniser } = faces;
	const tag = recogniserTag(recogniser);
	const described = await describer.describePhoto(look.jpeg, {
		priority: "later",
		search: "one",
		nets: [tag],
	});
	// The net was changed meanwhile: nothing can be said about this photo now.
	if (recogniserTag(faces.recogniser) !== tag) return { kind: "unverifiable", reason: "face.busy" };
	if (!described.ok) {
		const isOurFault = described.error.kind !== "invalid";
		return { kind: isOurFault ? "unverifiable" : "mismatch", reason: described.error.code };
	}
	const face = described.value.faces[0];
	if (!face) return { kind: "mismatch", reason: "no_face_in_photo" };
	const probe = look.tag === undefined || look.tag === tag ? look.probe : undefined;
	if (probe && looksTampered(probe, face.descriptor, recogniser.thresholds))
		return { kind: "mismatch", reason: "descriptor_differs" };
	if (!look.claimsFace) return { kind: "verified", reason: "same_frame" };
	const verdict = faces.verify(look.punch.employeeId, face.descriptor, 1);
	if (verdict.kind === "reject") return { kind: "mismatch", reason: "other_person" };
	return { kind: "verified", reason: verdict.kind };
}
