/** 1:N over 10,000 people × 5 templates: our gallery and the whole decision against face-api's own FaceMatcher on the same numbers, in one run. */
import * as faceapi from "@vladmandic/face-api/dist/face-api.node-wasm.js";
import { distance, meanDescriptor } from "../../server/recognition/descriptor.ts";
import { makeGallery } from "../../server/recognition/gallery.ts";
import { identify } from "../../server/recognition/identify.ts";
import { FACE_API_RECOGNISER } from "../../server/recognition/model.ts";

const [PEOPLE, TEMPLATES, LENGTH] = [10_000, 5, 128];
const TARGET_MS = 8;
/** Search, crowd and rule, right after somebody was enrolled, when nothing is remembered. */
const TARGET_DECISION_MS = 10;
const TARGET_RATIO = 10;

/** A seeded generator (mulberry32): every run measures the same faces. */
function makeRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}
const random = makeRandom(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * Faces as measured on East-Asian people: strangers 0.62 ± 0.07 apart, which is the spread of about 40 independent traits
 * (128 independent numbers would give ± 0.04), and two photos of one person about 0.37.
 */
const TRAITS = 40;
const mixing = Array.from({ length: TRAITS }, () =>
	Float32Array.from({ length: LENGTH }, () => normal() / Math.sqrt(TRAITS)),
);
function blend(size: number): Float32Array {
	const out = new Float32Array(LENGTH);
	for (const trait of mixing) {
		const weight = normal() * size;
		for (let i = 0; i < LENGTH; i++) out[i]! += weight * trait[i]!;
	}
	return out;
}
const person = () => blend(0.0305);
const photoOf = (face: Float32Array) => {
	const change = blend(0.023);
	return face.map((v, i) => v + change[i]!);
};

function median(times: number[]): number {
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
function measure(rounds: number, work: (round: number) => void): number {
	work(0);
	return median(
		Array.from({ length: rounds }, (_, round) => {
			const startedMs = performance.now();
			work(round);
			return performance.now() - startedMs;
		}),
	);
}

const faces = Array.from({ length: PEOPLE }, person);
const enrolled = faces.map((face) => Array.from({ length: TEMPLATES }, () => photoOf(face)));
const known = Array.from({ length: 20 }, (_, i) => photoOf(faces[i * 37]!));
const strangers = Array.from({ length: 20 }, () => photoOf(person()));

const gallery = makeGallery(LENGTH);
enrolled.forEach((templates, i) => {
	gallery.put(`p${i}`, templates);
});
type Labelled = new (label: string, descriptors: Float32Array[]) => unknown;
type Matcher = new (
	people: unknown[],
	limit: number,
) => { matchDescriptor(d: Float32Array): { label: string } };
const { LabeledFaceDescriptors, FaceMatcher } = faceapi as unknown as {
	LabeledFaceDescriptors: Labelled;
	FaceMatcher: Matcher;
};
const matcher = new FaceMatcher(
	enrolled.map((templates, i) => new LabeledFaceDescriptors(`p${i}`, templates)),
	0.6,
);

const knownMs = measure(60, (round) => {
	gallery.rank(known[round % known.length]!);
});
const strangerMs = measure(60, (round) => {
	gallery.rank(strangers[round % strangers.length]!);
});
const { thresholds } = FACE_API_RECOGNISER;
const decisionMs = median(
	Array.from({ length: 40 }, (_, round) => {
		gallery.put(`p${PEOPLE - 1}`, enrolled[PEOPLE - 1]!);
		const startedMs = performance.now();
		identify(gallery.rank(known[round % known.length]!), { thresholds });
		return performance.now() - startedMs;
	}),
);
const libraryMs = measure(7, (round) => {
	matcher.matchDescriptor(known[round % known.length]!);
});
/** The ranking must be exact: the same best person as the plain definition. */
const wrong = known.filter((probe) => {
	const best = gallery.rank(probe).nearest[0]!;
	const plain = enrolled.map(
		(list) => (Math.min(...list.map((t) => distance(t, probe))) + distance(meanDescriptor(list), probe)) / 2,
	);
	return Math.abs(Math.min(...plain) - best.distance) > 1e-4;
}).length;
const slowestMs = Math.max(knownMs, strangerMs);
const ratio = libraryMs / slowestMs;

console.log(
	`1:N over ${PEOPLE} × ${TEMPLATES}: known ${knownMs.toFixed(2)} ms, stranger ${strangerMs.toFixed(2)} ms (median)`,
);
console.log(`face-api FaceMatcher: ${libraryMs.toFixed(1)} ms; ratio ${ratio.toFixed(1)} ×; wrong ${wrong}`);
console.log(`decision with a crowd not yet known: ${decisionMs.toFixed(2)} ms (median)`);
if (slowestMs > TARGET_MS || decisionMs > TARGET_DECISION_MS || ratio < TARGET_RATIO || wrong > 0) {
	console.error(
		`missed: at most ${TARGET_MS} ms and ${TARGET_DECISION_MS} ms for a decision, at least ${TARGET_RATIO} ×, none wrong`,
	);
	process.exit(1);
}
