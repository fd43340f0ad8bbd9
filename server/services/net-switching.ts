/**
 * From one net to another: templates for everybody in the background, figures side by side, then the switch in one transaction.
 * The job's state lies in the database, so a restart goes on with it; until the switch every punch is matched as before.
 */
import { writeSetting } from "../../db/setting.ts";
import type { Store, Tx } from "../../db/store.ts";
import {
	countPhotosInUse,
	insertLookalike,
	peopleWithoutTemplate,
	photosWithoutTemplate,
} from "../../db/template.ts";
import { conflict } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import { judgeNets, type NetFigures, type NetVerdict } from "../recognition/net-comparison.ts";
import type { By } from "./author.ts";
import type { DomainBus } from "./events.ts";
import type { FaceIndex } from "./face-index.ts";
import { type FaceNets, sealNet } from "./face-nets.ts";
import { computeTemplates, type RecomputeDeps } from "./face-recompute.ts";
import { NET_JOB_SETTING, NET_SETTING, type NetJob, netChoice, netJob } from "./net-choice.ts";
import { findLookalikes, measureNet } from "./net-pairs.ts";

export interface NetSwitchingDeps extends RecomputeDeps {
	readonly store: Store;
	readonly bus: DomainBus;
	readonly nets: FaceNets;
	readonly faces: FaceIndex;
}

export interface NetProgress extends NetJob {
	readonly done: number;
	readonly total: number;
}

export interface NetComparison {
	readonly netId: string;
	readonly current: NetFigures;
	readonly candidate: NetFigures;
	readonly verdict: NetVerdict;
}

export interface NetSwitching {
	/** Starts or, for the net last prepared, goes on. Fails with `packs.busy`, `packs.already_in_force` and the codes of `FaceNets.ready`. */
	start(netId: string, goal: NetJob["goal"], by: By): Promise<Result<void>>;
	job(): NetProgress | undefined;
	/** Side by side, once a `compare` job is done and until the box stops; computed again when asked for. */
	comparison(): NetComparison | undefined;
	/** Switches although some people will have no template. Fails with `packs.not_waiting`, `packs.busy`. */
	switchAnyway(by: By): Promise<Result<void>>;
	/** Stops the job; templates made so far stay for the next try. */
	cancel(by: By): Promise<void>;
	/** At the start of the box: goes on with what was interrupted, makes templates that are missing. */
	resume(): void;
	/** Resolves when no job runs. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

export const makeNetSwitching = (deps: NetSwitchingDeps): NetSwitching => new Switching(deps);

class Switching implements NetSwitching {
	readonly #deps: NetSwitchingDeps;
	readonly #stopListening: () => void;
	#running: Promise<void> | undefined;
	#isActing = false;
	#cancelled = false;
	#compared: NetComparison | undefined;

	constructor(deps: NetSwitchingDeps) {
		this.#deps = deps;
		this.#stopListening = deps.bus.on("enrolment", () => {
			if (netChoice(deps.store).changedMs > 0) this.#keepUp();
		});
	}

	job = () => progressOf(this.#deps);
	comparison = () => this.#compared;
	settled = async () => this.#running;

	start(netId: string, goal: NetJob["goal"], by: By): Promise<Result<void>> {
		return this.#alone(() => this.#begin(netId, goal, by));
	}

	/** Two presses of a button are one act, and no act begins while another is under way. */
	async #alone(act: () => Promise<Result<void>>): Promise<Result<void>> {
		if (this.#running || this.#isActing) return fail(conflict("packs.busy"));
		this.#isActing = true;
		try {
			return await act();
		} finally {
			this.#isActing = false;
		}
	}

	async #begin(netId: string, goal: NetJob["goal"], by: By): Promise<Result<void>> {
		const { store, nets, clock } = this.#deps;
		if (netId === netChoice(store).netId && !nets.fault()) return fail(conflict("packs.already_in_force"));
		const recogniser = await nets.ready(netId);
		if (!recogniser.ok) return recogniser;
		this.#compared = undefined;
		const startedMs = clock.nowMs();
		const job: NetJob = { netId, goal, state: "running", by, startedMs, without: 0 };
		const what = { goal, net: recogniserTag(recogniser.value) };
		await store.commit((tx) => {
			writeSetting(tx, NET_JOB_SETTING, job, startedMs);
			sealNet(tx, this.#deps, "face-net.prepare", netId, what, by);
		});
		this.#launch(job);
		return ok(undefined);
	}

	switchAnyway(by: By): Promise<Result<void>> {
		return this.#alone(() => this.#switchAnyway(by));
	}

	async #switchAnyway(by: By): Promise<Result<void>> {
		const { store, nets } = this.#deps;
		const job = netJob(store);
		if (job?.state !== "waiting") return fail(conflict("packs.not_waiting"));
		const recogniser = await nets.ready(job.netId);
		if (!recogniser.ok) return recogniser;
		const switched = putInForce(this.#deps, { ...job, by }, recogniser.value);
		this.#hold(switched);
		await switched;
		return ok(undefined);
	}

	async cancel(by: By): Promise<void> {
		const { store, clock } = this.#deps;
		this.#cancelled = true;
		await this.#running;
		const job = netJob(store);
		if (job?.state !== "running" && job?.state !== "waiting") return;
		await store.commit((tx) => {
			writeSetting(tx, NET_JOB_SETTING, { ...job, state: "cancelled" }, clock.nowMs());
			sealNet(tx, this.#deps, "face-net.cancel", job.netId, {}, by);
		});
	}

	resume(): void {
		const { store } = this.#deps;
		const job = netJob(store);
		if (job?.state === "running") this.#launch(job);
		else if (netChoice(store).changedMs > 0) this.#keepUp();
	}

	async stop(): Promise<void> {
		this.#stopListening();
		this.#cancelled = true;
		await this.#running;
	}

	#write(job: NetJob): Promise<void> {
		const { store, clock } = this.#deps;
		return store.commit((tx) => writeSetting(tx, NET_JOB_SETTING, job, clock.nowMs()));
	}

	#launch(job: NetJob): void {
		const { onError } = this.#deps;
		this.#cancelled = false;
		this.#hold(
			this.#run(job).catch(async (error) => {
				onError(error);
				await this.#write({ ...job, state: "failed", code: "packs.job_failed" });
			}),
		);
	}

	#hold(work: Promise<unknown>): void {
		this.#running = work
			.catch(this.#deps.onError)
			.then(() => undefined)
			.finally(() => {
				this.#running = undefined;
			});
	}

	async #run(job: NetJob): Promise<void> {
		const deps = this.#deps;
		const recogniser = await deps.nets.ready(job.netId);
		if (!recogniser.ok) return this.#write({ ...job, state: "failed", code: recogniser.error.code });
		const made = await computeTemplates(deps, recogniser.value, () => this.#cancelled);
		if (!made.ok) return this.#write({ ...job, state: "failed", code: made.error.code });
		if (made.value.cancelled) return;
		if (job.goal === "compare") {
			this.#compared = await compare(deps, job.netId, recogniser.value);
			return this.#write({ ...job, state: "done" });
		}
		const without = lostBy(deps, recogniser.value);
		if (without > 0) return this.#write({ ...job, state: "waiting", without });
		return putInForce(deps, job, recogniser.value);
	}

	/** Enrolments that came in while the net changed get their templates afterwards. */
	#keepUp(): void {
		const { store, faces } = this.#deps;
		if (this.#running || netJob(store)?.state === "running") return;
		const { recogniser } = faces;
		if (photosWithoutTemplate(store, recogniserTag(recogniser)).length === 0) return;
		this.#cancelled = false;
		this.#hold(computeTemplates(this.#deps, recogniser, () => this.#cancelled, reloader(faces, recogniser)));
	}
}

/** Takes each person in as soon as there is a template: everybody's are opened only when the net changes. */
const reloader = (faces: FaceIndex, recogniser: Recogniser) => (employeeId: string) => {
	if (faces.recogniser === recogniser) faces.reload(employeeId);
};

/** People whom the net in force knows and the other would not. */
function lostBy({ store, faces }: NetSwitchingDeps, recogniser: Recogniser): number {
	const known = new Set(peopleWithoutTemplate(store, recogniserTag(faces.recogniser)));
	return peopleWithoutTemplate(store, recogniserTag(recogniser)).filter((id) => !known.has(id)).length;
}

async function compare(
	deps: NetSwitchingDeps,
	netId: string,
	recogniser: Recogniser,
): Promise<NetComparison> {
	const current = await measureNet(deps, deps.faces.recogniser);
	const candidate = await measureNet(deps, recogniser);
	return { netId, current, candidate, verdict: judgeNets(current, candidate) };
}

async function putInForce(deps: NetSwitchingDeps, job: NetJob, recogniser: Recogniser): Promise<void> {
	const { store, clock, nets, faces } = deps;
	const pairs = await findLookalikes(deps, recogniser);
	const before = netChoice(store).netId;
	await store.commit((tx) => {
		writeChoice(tx, deps, job, before, recogniser);
		for (const [one, other] of pairs) insertLookalike(tx, one, other, clock.nowMs());
	});
	faces.use(nets.useInEngine(job.netId));
	// Whoever was enrolled between the last template and this moment.
	await computeTemplates(deps, recogniser, () => false, reloader(faces, recogniser));
}

function writeChoice(
	tx: Tx,
	deps: NetSwitchingDeps,
	job: NetJob,
	before: string,
	recogniser: Recogniser,
): void {
	const nowMs = deps.clock.nowMs();
	writeSetting(tx, NET_SETTING, { netId: job.netId, previous: before, changedMs: nowMs }, nowMs);
	writeSetting(tx, NET_JOB_SETTING, { ...job, state: "done" }, nowMs);
	const old = recogniserTag(deps.faces.recogniser);
	const change = { old, new: recogniserTag(recogniser), without: job.without };
	sealNet(tx, deps, "face-net.switch", job.netId, change, job.by);
}

function progressOf({ store, nets }: NetSwitchingDeps): NetProgress | undefined {
	const job = netJob(store);
	if (!job) return undefined;
	const total = countPhotosInUse(store);
	const tag = nets.tagOf(job.netId);
	const missing = tag ? photosWithoutTemplate(store, tag).length : total;
	return { ...job, total, done: total - missing };
}
