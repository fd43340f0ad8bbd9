/**
 * The nets of this box: the built-in one and packs in the data folder. Keeps engine, gallery and the owner's choice in step.
 * Importing is here; making templates for another net and switching to it is in `net-switching.ts`.
 */
import type { Store, Tx } from "../../db/store.ts";
import { countTemplatesByTag, deleteTemplatesOfTag } from "../../db/template.ts";
import { type AppError, conflict, notFound } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Clock } from "../base/units.ts";
import type { JsonValue } from "../ledger/json.ts";
import type { FacePack } from "../packs/face-pack.ts";
import type { PackStore, StoredPack } from "../packs/pack-store.ts";
import { packFromZip } from "../packs/pack-zip.ts";
import type { FaceEngine } from "../recogniser/face-engine.ts";
import { FACE_API_RECOGNISER, type Recogniser, recogniserTag } from "../recognition/model.ts";
import type { By } from "./author.ts";
import { BUILT_IN, netChoice, netJob } from "./net-choice.ts";
import { sealEvent } from "./sealing.ts";

export interface FaceNetsDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly packs: PackStore;
	readonly engine: FaceEngine;
	readonly onError: (error: unknown) => void;
}

/** One net as the settings page shows it. */
export interface NetView {
	readonly id: string;
	/** Absent for the built-in net. */
	readonly pack?: StoredPack;
	readonly isInForce: boolean;
	/** The net before the last switch. */
	readonly isPrevious: boolean;
	/** Templates of this net in the database. */
	readonly templates: number;
}

export interface FaceNets {
	list(): NetView[];
	/** The pack in force, for the door's address; undefined with the built-in net. */
	packInForce(): FacePack | undefined;
	/** The pack that should be in force cannot be used; the built-in net stands in. */
	fault(): AppError | undefined;
	/** Reads the uploaded zip and stores its pack. Fails with the codes of `packFromZip`, `packs.net_will_not_run`, `packs.tag_taken`. */
	importZip(zip: Uint8Array, by: By): Promise<Result<{ readonly id: string }>>;
	/** The same from the inbox folder. */
	importInbox(by: By): Promise<Result<{ readonly id: string }>>;
	/** Tries a pack out in the engine, stores it and seals that. */
	keep(pack: FacePack, how: "zip" | "folder" | "source", by: By): Promise<Result<{ readonly id: string }>>;
	/** Fails with `packs.unknown`, `packs.in_force`. Templates of the net go with it. */
	remove(id: string, by: By): Promise<Result<void>>;
	/** Drops the templates of every net but the one in force: afterwards the way back takes as long as the way there. */
	forgetOthers(by: By): Promise<Result<void>>;
	/** Where a person may put the files of a pack. */
	inboxPath(): string;
	/** The recogniser of a net, loaded into the engine; fails when the pack is unknown or spoiled. */
	ready(id: string): Promise<Result<Recogniser>>;
	/** The tag of a net that is open; undefined when it never was. */
	tagOf(id: string): string | undefined;
	/** After a switch was written: puts the net in force in the engine. */
	useInEngine(id: string): Recogniser;
	/** Something long is under way: nothing may be removed. */
	isBusy(): boolean;
}

/** Puts the net of the owner's choice in force in the engine; a spoiled pack leaves the built-in one. */
export const makeFaceNets = (deps: FaceNetsDeps): FaceNets => new Nets(deps);

class Nets implements FaceNets {
	readonly #deps: FaceNetsDeps;
	readonly #opened = new Map<string, FacePack>();
	#fault: AppError | undefined;

	constructor(deps: FaceNetsDeps) {
		this.#deps = deps;
		this.#fault = openChosen(deps, this.#opened);
	}

	list = () => listNets(this.#deps);
	fault = () => this.#fault;
	packInForce = () => (this.#fault ? undefined : this.#opened.get(this.#inForce()));
	inboxPath = () => this.#deps.packs.inboxPath();
	isBusy = () => ["running", "waiting"].includes(netJob(this.#deps.store)?.state ?? "");
	tagOf = (id: string) => (id === BUILT_IN ? recogniserTag(FACE_API_RECOGNISER) : this.#opened.get(id)?.tag);

	#inForce(): string {
		return netChoice(this.#deps.store).netId;
	}

	async importZip(zip: Uint8Array, by: By) {
		const pack = packFromZip(zip);
		return pack.ok ? this.keep(pack.value, "zip", by) : pack;
	}

	async importInbox(by: By) {
		const pack = this.#deps.packs.readInbox();
		return pack.ok ? this.keep(pack.value, "folder", by) : pack;
	}

	async keep(pack: FacePack, how: "zip" | "folder" | "source", by: By) {
		const { packs, engine, store } = this.#deps;
		if (tagTaken(packs.list(), pack)) return fail(conflict("packs.tag_taken"));
		const tried = await engine.addPack(pack);
		if (!tried.ok) return tried;
		packs.save(pack);
		this.#opened.set(pack.id, pack);
		const detail = { how, ...namesOf(pack) };
		await store.commit((tx) => sealNet(tx, this.#deps, "face-net.import", pack.id, detail, by));
		return ok({ id: pack.id });
	}

	async remove(id: string, by: By): Promise<Result<void>> {
		const { packs, engine, store } = this.#deps;
		const stored = packs.list().find((pack) => pack.id === id);
		if (!stored) return fail(notFound("packs.unknown"));
		if (id === this.#inForce() || this.isBusy()) return fail(conflict("packs.in_force"));
		const tag = stored.manifest && recogniserTag(stored.manifest.recogniser);
		await store.commit((tx) => {
			const templates = tag ? deleteTemplatesOfTag(tx, tag) : 0;
			const name = stored.manifest?.name ?? "";
			sealNet(tx, this.#deps, "face-net.remove", id, { name, templates }, by);
		});
		if (tag) engine.dropPack(tag);
		this.#opened.delete(id);
		packs.remove(id);
		return ok(undefined);
	}

	async forgetOthers(by: By): Promise<Result<void>> {
		if (this.isBusy()) return fail(conflict("packs.in_force"));
		const { engine, store } = this.#deps;
		const kept = recogniserTag(engine.recogniser);
		await store.commit((tx) => {
			const others = [...countTemplatesByTag(tx).keys()].filter((tag) => tag !== kept);
			const templates = others.reduce((sum, tag) => sum + deleteTemplatesOfTag(tx, tag), 0);
			sealNet(tx, this.#deps, "face-net.forget", this.#inForce(), { templates }, by);
		});
		return ok(undefined);
	}

	async ready(id: string): Promise<Result<Recogniser>> {
		if (id === BUILT_IN) return ok(FACE_API_RECOGNISER);
		const pack = this.#deps.packs.open(id);
		if (!pack.ok) return pack;
		const loaded = await this.#deps.engine.addPack(pack.value);
		if (!loaded.ok) return loaded;
		this.#opened.set(id, pack.value);
		return ok(pack.value.recogniser);
	}

	useInEngine(id: string): Recogniser {
		const recogniser = this.#opened.get(id)?.recogniser ?? FACE_API_RECOGNISER;
		this.#deps.engine.use(recogniserTag(recogniser));
		this.#fault = undefined;
		return recogniser;
	}
}

/** At the start: holds the chosen pack ready in the engine; the reason when that cannot be. */
function openChosen({ store, packs, engine, onError }: FaceNetsDeps, opened: Map<string, FacePack>) {
	const { netId } = netChoice(store);
	if (netId === BUILT_IN) return undefined;
	const pack = packs.open(netId);
	if (!pack.ok) {
		onError(new Error(`face pack ${netId} cannot be used: ${pack.error.code}`));
		return pack.error;
	}
	opened.set(netId, pack.value);
	engine.holdPack(pack.value);
	engine.use(pack.value.tag);
	return undefined;
}

function listNets({ store, packs, engine }: FaceNetsDeps): NetView[] {
	const { netId, previous } = netChoice(store);
	const templates = countTemplatesByTag(store);
	const active = recogniserTag(engine.recogniser);
	const view = (id: string, recogniser?: Recogniser, pack?: StoredPack): NetView => {
		const tag = recogniser ? recogniserTag(recogniser) : "";
		const isPrevious = id === previous && id !== netId;
		return { id, pack, isInForce: tag === active, isPrevious, templates: templates.get(tag) ?? 0 };
	};
	const stored = packs.list().map((pack) => view(pack.id, pack.manifest?.recogniser, pack));
	return [view(BUILT_IN, FACE_API_RECOGNISER), ...stored];
}

/** Two packs of one tag would have templates that seem to compare and do not. */
const tagTaken = (stored: readonly StoredPack[], { id, tag }: FacePack): boolean =>
	tag === recogniserTag(FACE_API_RECOGNISER) ||
	stored.some(
		(other) => other.id !== id && other.manifest && recogniserTag(other.manifest.recogniser) === tag,
	);

const namesOf = ({ manifest, tag }: FacePack) => ({ name: manifest.name, net: tag, origin: manifest.origin });

/** Seals an act about a net. */
export function sealNet(
	tx: Tx,
	{ clock }: Pick<FaceNetsDeps, "clock">,
	action: string,
	objectId: string,
	detail: Record<string, JsonValue>,
	by: By,
): void {
	sealEvent(tx, {
		type: "setting",
		action,
		objectKind: "face_net",
		objectId,
		detail,
		...by,
		nowMs: clock.nowMs(),
	});
}
