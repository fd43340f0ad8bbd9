/** Single searches: who is enrolled with which photos, who is looked for with which frames. Enrolment goes through the product's own judgement of photos. */
import type { Bytes } from "../../../server/base/bytes.ts";
import { averageDescriptor, type Descriptor } from "../../../server/recognition/descriptor.ts";
import type { PhotoDescriber } from "../../../server/recognition/photo-describer.ts";
import { judgePhotos } from "../../../server/services/enrolment-photos.ts";
import type { Frame, LookedPerson, LookedPhoto } from "./looked-people.ts";
import { VISIT_FRAMES } from "./photo-variants.ts";
import type { Scenario } from "./scenarios.ts";
import { type Seeded, seeded, seedOf } from "./seeded.ts";

export interface Enrolled {
	readonly personId: string;
	readonly templates: readonly Descriptor[];
}

export interface Trial {
	readonly person: LookedPerson;
	/** True: the person is enrolled. False: the same probe with the person left out, a stranger. */
	readonly mated: boolean;
	readonly gallery: readonly Enrolled[];
	readonly frames: readonly Frame[];
	/** The mean of the frames, by the net's own rule. */
	readonly probe: Descriptor;
}

export interface Trials {
	readonly trials: readonly Trial[];
	/** Probe frames the door would not have taken, of how many. */
	readonly refusedFrames: number;
	readonly frames: number;
	/** Enrolments of which no photo was fit, of how many. */
	readonly failedEnrolments: number;
	readonly enrolments: number;
}

type Count = { -readonly [K in keyof Omit<Trials, "trials">]: number };

/** Draws the trials of a scenario; the same seed draws the same ones. */
export async function drawTrials(
	describer: PhotoDescriber,
	people: readonly LookedPerson[],
	scenario: Scenario,
	seed: number,
): Promise<Trials> {
	const random = seeded(seedOf(`${scenario.id}|${seed}`));
	const count: Count = { refusedFrames: 0, frames: 0, failedEnrolments: 0, enrolments: 0 };
	const enrol = enroller(describer, count);
	const trials: Trial[] = [];
	const own = people.filter((p) => p.market === scenario.market);
	for (const person of own)
		for (const probes of drawProbes(person, scenario, random)) {
			const frames = await framesOf(probes, scenario);
			count.frames += frames.length;
			const fit = frames.filter((frame) => frame.advice === "ok");
			count.refusedFrames += frames.length - fit.length;
			if (fit.length < Math.min(scenario.frames.least, frames.length) || fit.length === 0) continue;
			const descriptors = fit.map((frame) => frame.descriptor!);
			const probe = averageDescriptor(descriptors, describer.recogniser.normalise);
			const rest = person.photos.filter((photo) => !probes.includes(photo));
			const templates = await enrol(random.shuffled(rest).slice(0, scenario.enrol.most));
			const others = await drawOthers(people, person, scenario, random, enrol);
			const found = { person, frames: fit, probe };
			if (templates.length > 0)
				trials.push({
					...found,
					mated: true,
					gallery: [
						...others.slice(scenario.size === "all" ? 0 : 1),
						{ personId: person.personId, templates },
					],
				});
			trials.push({ ...found, mated: false, gallery: others });
		}
	return { trials, ...count };
}

/** Photos to be probes, such that enough are left to enrol; several different draws per person. */
function drawProbes(
	{ photos }: LookedPerson,
	{ enrol, frames, source, draws }: Scenario,
	random: Seeded,
): LookedPhoto[][] {
	const fit = photos.filter((photo) => photo.advice === "ok");
	const most = source === "photos" ? frames.most : 1;
	const size = Math.min(most, fit.length, photos.length - enrol.least);
	if (size < (source === "photos" ? frames.least : 1)) return [];
	const drawn = new Map<string, LookedPhoto[]>();
	for (let i = 0; i < draws * 3 && drawn.size < draws; i++) {
		const set = random.shuffled(fit).slice(0, size);
		drawn.set(
			set
				.map((photo) => photo.id)
				.sort()
				.join(),
			set,
		);
	}
	return [...drawn.values()];
}

async function framesOf(probes: readonly LookedPhoto[], { source, frames }: Scenario): Promise<Frame[]> {
	if (source === "photos") return [...probes];
	const names = source === "visit" ? VISIT_FRAMES.slice(0, frames.most) : [source];
	const out: Frame[] = [];
	for (const photo of probes) for (const name of names) out.push(await photo.variant(name));
	return out;
}

/** `size` others; the first is the one whose place the person takes when enrolled. */
async function drawOthers(
	people: readonly LookedPerson[],
	person: LookedPerson,
	{ market, size, enrol: { least, most } }: Scenario,
	random: Seeded,
	enrol: (photos: readonly LookedPhoto[]) => Promise<Descriptor[]>,
): Promise<Enrolled[]> {
	const own = random.shuffled(people.filter((p) => p.market === market && p !== person));
	const rest = size === "all" ? [] : random.shuffled(people.filter((p) => p.market !== market));
	const wanted = size === "all" ? own.length : size;
	const out: Enrolled[] = [];
	for (const other of [...own, ...rest]) {
		if (out.length === wanted) break;
		if (other.photos.length < Math.min(least, 3)) continue;
		const photos = random.shuffled(other.photos).slice(0, most);
		const templates = await enrol(photos);
		if (templates.length > 0) out.push({ personId: other.personId, templates });
	}
	return out.reverse();
}

/** Enrols through `judgePhotos`; the same photos are judged once. */
function enroller(describer: PhotoDescriber, count: Count) {
	const known = new Map<string, Descriptor[]>();
	return async (photos: readonly LookedPhoto[]): Promise<Descriptor[]> => {
		const key = photos
			.map((photo) => photo.id)
			.sort()
			.join();
		let templates = known.get(key);
		if (!templates) {
			const news = photos.map((photo) => ({ pose: "front" as const, bytes: photo.bytes as Bytes }));
			const { good } = await judgePhotos(describer, news, "portraits", "later");
			templates = good.map((photo) => photo.descriptor);
			known.set(key, templates);
			count.enrolments++;
			if (templates.length === 0) count.failedEnrolments++;
		}
		return templates;
	};
}
