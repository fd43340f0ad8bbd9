/** A whole box for tests: real services and routes over a database in memory, a clock that tests turn, no ports. */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AccountRow, insertAccount } from "../../db/account.ts";
import { openStore } from "../../db/store.ts";
import { makeApp } from "../../server/app.ts";
import { must } from "../../server/base/result.ts";
import type { ComposeOptions } from "../../server/compose/base.ts";
import { compose, type Services } from "../../server/compose.ts";
import { type StaffedShop, staffShop } from "../../server/demo/staff-shop.ts";
import { makeSigner } from "../../server/ledger/vkey.ts";
import { makeLog } from "../../server/log.ts";
import type { FacePackSource } from "../../server/protocol/face-pack.ts";
import type { FaceEngine } from "../../server/recogniser/face-engine.ts";
import type { By } from "../../server/services/author.ts";
import { attachCheckpoints } from "../../server/services/sealing.ts";
import type { Ballast } from "../../server/start/ballast.ts";
import { makeMachineProbe } from "../../server/start/machine-probe.ts";
import type { OpenBox } from "../../server/start/open-box.ts";
import { makeVault } from "../../server/vault/vault.ts";
import { type HeldClock, heldClock } from "../shop-world.ts";
import { pairKiosk, type SendRequest, type TestKiosk } from "./test-kiosk.ts";

export interface TestBox {
	readonly services: Services;
	readonly clock: HeldClock;
	/** To the routes, past the edge. */
	readonly send: SendRequest;
	/** The people of the shop, with cards and without PINs. */
	staff(): Promise<StaffedShop>;
	/** A kiosk, paired and approved. */
	kiosk(name?: string): Promise<TestKiosk>;
	close(): Promise<void>;
}

/** Whoever sets tests up. */
export const BOX: By = { actor: { kind: "box", id: "test" }, address: "local" };

/** Monday 2026-11-02, 08:00 in Shanghai. */
export const MONDAY_8 = "2026-11-02T08:00:00+08:00";

/** A folder of packs that outlives the box, and where they are fetched from. */
export interface TestPacks {
	readonly packFolder?: string;
	readonly packSources?: readonly FacePackSource[];
}

export async function makeTestBox(
	options: { engine?: FaceEngine; startsAt?: string; demo?: boolean; ballast?: Ballast } & TestPacks &
		Pick<ComposeOptions, "turns"> = {},
): Promise<TestBox> {
	const clock = heldClock(options.startsAt ?? MONDAY_8);
	const packFolder = options.packFolder ?? join(tmpdir(), `dianmao-packs-${crypto.randomUUID()}`);
	const services = await compose({
		box: memoryBox(clock, options.ballast),
		clock,
		log: makeLog("error"),
		demo: options.demo ?? false,
		version: "test",
		announce() {},
		engine: options.engine,
		packFolder,
		packSources: options.packSources,
		turns: options.turns,
	});
	must(await services.site.save({ name: "Test shop", zone: "Asia/Shanghai", lang: "en" }, BOX));
	await services.site.saveFace({ on: true, preset: "CN" }, BOX);
	await services.store.commit((tx) => insertAccount(tx, OWNER));
	const app = makeApp(services);
	const send: SendRequest = (path, init) => app.handle(new Request(`http://localhost${path}`, init));
	return {
		services,
		clock,
		send,
		staff: () => staffShop({ ...services, pins: undefined, cards: services }, "en", BOX),
		kiosk: (name = "Door") => approvedKiosk(services, send, name),
		async close() {
			services.clockWatch.stop();
			services.packDownload.cancel();
			await services.netSwitching.stop();
			await services.faceReport.stop();
			services.engine.stop();
			await services.alarms.stop();
			await services.peopleImport.stop();
			await services.store.settled();
			services.store.sqlite.close();
			if (!options.packFolder) rmSync(packFolder, { recursive: true, force: true });
		},
	};
}

function memoryBox(clock: HeldClock, ballast: Ballast = NO_BALLAST): OpenBox {
	const store = openStore({ path: ":memory:" });
	const vault = makeVault(new Uint8Array(32).fill(9), memoryKeys());
	const signer = makeSigner("dianmao-test/site-1/e1", vault.signingSeed(1));
	attachCheckpoints(store, signer, clock);
	const machine = makeMachineProbe(".", store, clock);
	const folder = undefined as never;
	return { folder, store, vault, signer, ballast, machine, markHighWater() {}, close() {} };
}

async function approvedKiosk(services: Services, send: SendRequest, name: string): Promise<TestKiosk> {
	const plan = { name, place: "entrance", direction: "auto" as const };
	const { code } = must(await services.kiosks.makeCode(plan, BOX));
	const kiosk = await pairKiosk(send, code, services.clock.nowMs);
	must(await services.kiosks.approve(kiosk.id, BOX));
	return kiosk;
}

/** An owner who never signs in: with one, the first run is over. */
export const OWNER: AccountRow = {
	id: "01900000-0000-7000-8000-000000000001",
	login: "owner",
	name: "Owner",
	role: "owner",
	passwordHash: null,
	totpSealed: null,
	totpStep: 0,
	lang: "en",
	employeeId: null,
	createdMs: 0,
	disabledMs: null,
};

const NO_BALLAST: Ballast = {
	release: () => false,
	isInPlace: () => true,
	freeBytes: () => 1e12,
	mayKeepPhotos: () => true,
};

function memoryKeys() {
	const map = new Map<string, Uint8Array>();
	return {
		read: (id: string) => map.get(id),
		write: (id: string, wrapped: Uint8Array) => void map.set(id, wrapped),
		destroy: (id: string) => void map.delete(id),
	};
}
