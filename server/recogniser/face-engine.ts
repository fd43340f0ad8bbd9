/**
 * The main thread's side of the face Worker: starts it when first needed, feeds it one photo at a time from a bounded line,
 * replaces it when it hangs or dies, and lets it go when idle so that the memory is free again. Holds no photo after its answer.
 */
import type { AppError } from "../base/app-error.ts";
import { unavailable } from "../base/app-error.ts";
import type { Bytes } from "../base/bytes.ts";
import type { Result } from "../base/result.ts";
import { fail, ok } from "../base/result.ts";
import type { GraphNetFiles } from "../recognition/graph-net.ts";
import { type Recogniser, recogniserTag } from "../recognition/model.ts";
import type { DescribedPhoto, PhotoDescriber } from "../recognition/photo-describer.ts";
import { MAX_PHOTO_BYTES } from "./decode.ts";
import { makeJobQueue } from "./job-queue.ts";
import { PackShelf } from "./pack-shelf.ts";
import type { DescribeMessage, WorkerMessage, WorkerOrder } from "./worker-protocol.ts";
import { faceWorkerUrl } from "./worker-url.ts";

export interface FaceEngine extends PhotoDescriber {
	/** Every recogniser `nets` may name; the built-in one first. */
	recognisers(): readonly Recogniser[];
	/**
	 * Adds a pack's net beside the others and resolves once it has run; it survives a new Worker.
	 * Fails with `packs.net_will_not_run` or `face.down`.
	 */
	addPack(files: GraphNetFiles): Promise<Result<void>>;
	/** Adds a pack without starting the Worker; it loads with the next start. */
	holdPack(files: GraphNetFiles): void;
	/** Forgets a pack; when it was in force, the built-in net is again. */
	dropPack(tag: string): void;
	/** Puts a net in force for everything described from now on; false when no net has this tag. */
	use(tag: string): boolean;
	/** Starts the Worker ahead of the first photo; true once it computes. */
	warmUp(): Promise<boolean>;
	status(): FaceEngineStatus;
	/** Ends the Worker; waiting photos are answered `face.down`. Later calls are refused. */
	stop(): void;
}

export interface FaceEngineStatus {
	readonly state: "off" | "starting" | "ready" | "broken" | "stopped";
	/** `wasm`, or `tensorflow` when tfjs-node is present. */
	readonly backend?: string;
	readonly waiting: number;
	readonly restarts: number;
	/** Why the last Worker broke, for the log and the checks page. */
	readonly lastFault?: string;
}

export interface FaceEngineOptions {
	/** Photos that may wait. Default 32: about ten seconds of work. */
	readonly capacity?: number;
	/** From the start of a photo's turn to giving up on the Worker. Default 20 s. */
	readonly jobTimeoutMs?: number;
	/** Longest start of a Worker. Default 30 s. */
	readonly startTimeoutMs?: number;
	/** Without work for this long the Worker ends; 0 keeps it. Default 10 minutes. */
	readonly idleStopMs?: number;
	/** Packs that are there from the start. */
	readonly packs?: readonly GraphNetFiles[];
	/** Told of every fault of a Worker. Default: nobody. */
	readonly onFault?: (reason: string) => void;
	/** Another Worker program, for fault tests. */
	readonly workerUrl?: string;
}

interface Job {
	readonly message: DescribeMessage;
	readonly settle: (result: Result<DescribedPhoto>) => void;
}

const busy = unavailable("face.busy");
const timeout = unavailable("face.timeout");
const down = unavailable("face.down");

/** After this many Workers in a row that could not even start, photos are refused until `warmUp` is called again. */
const MAX_FAILED_STARTS = 3;

/** Makes an engine; nothing runs until the first photo or `warmUp`. */
export function makeFaceEngine(options: FaceEngineOptions = {}): FaceEngine {
	return new Engine(options);
}

class Engine implements FaceEngine {
	#options: Required<Omit<FaceEngineOptions, "onFault">> & Pick<FaceEngineOptions, "onFault">;
	#line;
	#shelf = new PackShelf();
	#worker: Worker | undefined;
	#current: Job | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#state: FaceEngineStatus["state"] = "off";
	#backend: string | undefined;
	#lastFault: string | undefined;
	#restarts = 0;
	#failedStarts = 0;
	#jobs = 0;
	#starters: ((ready: boolean) => void)[] = [];

	constructor(options: FaceEngineOptions) {
		this.#options = {
			capacity: 32,
			jobTimeoutMs: 20_000,
			startTimeoutMs: 30_000,
			idleStopMs: 600_000,
			workerUrl: faceWorkerUrl(),
			packs: [],
			...options,
		};
		this.#line = makeJobQueue<Job>(this.#options.capacity);
		for (const files of this.#options.packs) this.#shelf.put(files);
	}

	get recogniser(): Recogniser {
		return this.#shelf.active;
	}

	recognisers = () => this.#shelf.all();
	use = (tag: string) => this.#shelf.use(tag);

	holdPack(files: GraphNetFiles): void {
		const order = this.#shelf.put(files);
		if (this.#state === "ready") this.#worker?.postMessage(order);
	}

	async addPack(files: GraphNetFiles): Promise<Result<void>> {
		const loaded = this.#shelf.loaded(recogniserTag(files.recogniser));
		this.holdPack(files);
		if (this.#state !== "ready" && !(await this.warmUp())) this.#shelf.giveUp();
		return loaded;
	}

	dropPack(tag: string): void {
		if (this.#shelf.drop(tag) && this.#state === "ready")
			this.#worker?.postMessage({ kind: "drop_pack", tag } satisfies WorkerOrder);
	}

	status(): FaceEngineStatus {
		return {
			state: this.#state,
			backend: this.#backend,
			waiting: this.#line.waiting,
			restarts: this.#restarts,
			lastFault: this.#lastFault,
		};
	}

	warmUp(): Promise<boolean> {
		if (this.#state === "ready") return Promise.resolve(true);
		if (this.#state === "stopped") return Promise.resolve(false);
		return new Promise((resolve) => {
			this.#starters.push(resolve);
			if (this.#state !== "starting") {
				this.#failedStarts = 0;
				this.#start();
			}
		});
	}

	describePhoto: PhotoDescriber["describePhoto"] = (bytes, options = {}) =>
		new Promise((resolve) => {
			const { priority = "soon", search = "all", landmarks = false } = options;
			const { nets = [recogniserTag(this.recogniser)] } = options;
			if (this.#state === "stopped" || this.#state === "broken") return resolve(fail(down));
			// One byte too many is enough for the Worker to refuse; the rest need not be copied.
			const copy: Bytes = new Uint8Array(bytes.subarray(0, MAX_PHOTO_BYTES + 1));
			const job: Job = {
				message: { kind: "describe", job: ++this.#jobs, bytes: copy, search, nets, landmarks },
				settle: resolve,
			};
			if (!this.#line.push(job, priority)) return resolve(fail(busy));
			if (this.#state === "off") this.#start();
			else this.#next();
		});

	stop(): void {
		this.#endWorker();
		this.#state = "stopped";
		this.#refuseAll(down);
	}

	#start(): void {
		this.#state = "starting";
		const worker = new Worker(this.#options.workerUrl);
		this.#worker = worker;
		worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
			if (worker === this.#worker) this.#hear(data);
		};
		worker.onerror = (event) => {
			event.preventDefault();
			if (worker === this.#worker) this.#fault(event.message || "worker error");
		};
		worker.addEventListener("close", () => {
			if (worker === this.#worker) this.#fault("worker ended");
		});
		this.#arm(this.#options.startTimeoutMs, () => this.#fault("worker did not start in time"));
	}

	#hear(message: WorkerMessage): void {
		if (message.kind === "broken") this.#fault(message.reason);
		else if (message.kind === "ready") this.#becomeReady(message.backend);
		else if (message.kind === "pack") this.#hearPack(message.tag, message.reason);
		else if (message.job === this.#current?.message.job) this.#answer(this.#current, message);
	}

	#hearPack(tag: string, reason: string | undefined): void {
		if (reason !== undefined) this.#note(`pack ${tag}: ${reason}`);
		this.#shelf.hear(tag, reason);
	}

	#answer(job: Job, message: Exclude<WorkerMessage, { kind: "ready" | "broken" | "pack" }>): void {
		this.#current = undefined;
		if (message.kind === "described") job.settle(ok(message.photo));
		else if (message.kind === "refused") job.settle(fail(message.error));
		else {
			this.#note(message.reason);
			job.settle(fail(down));
		}
		this.#next();
	}

	#becomeReady(backend: string): void {
		this.#state = "ready";
		this.#backend = backend;
		this.#failedStarts = 0;
		for (const order of this.#shelf.orders()) this.#worker?.postMessage(order);
		this.#tellStarters(true);
		this.#next();
	}

	#next(): void {
		if (this.#state !== "ready" || this.#current) return;
		const job = this.#line.shift();
		if (!job) {
			this.#rest();
			return;
		}
		this.#current = job;
		this.#arm(this.#options.jobTimeoutMs, () => this.#fault("photo took too long", timeout));
		this.#worker!.postMessage(job.message, [job.message.bytes.buffer]);
	}

	#rest(): void {
		clearTimeout(this.#timer);
		if (this.#options.idleStopMs === 0) return;
		this.#arm(this.#options.idleStopMs, () => {
			this.#endWorker();
			this.#state = "off";
		});
	}

	/** The Worker is lost: its photo fails, the others get a new Worker. */
	#fault(reason: string, error: AppError = down): void {
		if (this.#state === "starting") this.#failedStarts++;
		this.#endWorker();
		this.#note(reason);
		this.#shelf.giveUp();
		this.#current?.settle(fail(error));
		this.#current = undefined;
		this.#state = this.#failedStarts >= MAX_FAILED_STARTS ? "broken" : "off";
		if (this.#state === "broken") {
			this.#refuseAll(down);
			return;
		}
		this.#restarts++;
		if (this.#line.waiting > 0 || this.#starters.length > 0) this.#start();
	}

	#endWorker(): void {
		clearTimeout(this.#timer);
		const worker = this.#worker;
		this.#worker = undefined;
		this.#backend = undefined;
		worker?.terminate();
	}

	#refuseAll(error: AppError): void {
		this.#shelf.giveUp(error);
		this.#current?.settle(fail(error));
		this.#current = undefined;
		for (const job of this.#line.drain()) job.settle(fail(error));
		this.#tellStarters(false);
	}

	#tellStarters(ready: boolean): void {
		for (const tell of this.#starters.splice(0)) tell(ready);
	}

	#note(reason: string): void {
		this.#lastFault = reason;
		this.#options.onFault?.(reason);
	}

	#arm(afterMs: number, act: () => void): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(act, afterMs);
		this.#timer.unref?.();
	}
}
