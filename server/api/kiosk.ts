/** The kiosk's JSON routes. Everything but pairing and nonces is signed; see `signed.ts`. */
import { type TObject, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import type { KioskRow } from "../../db/kiosk.ts";
import type { Clock } from "../base/units.ts";
import * as wire from "../protocol/kiosk.ts";
import type { AuthCode, RefusalCode } from "../protocol/refusals.ts";
import * as stuckWire from "../protocol/stuck.ts";
import type { Kiosks } from "../services/kiosks.ts";
import type { Makeups } from "../services/makeups.ts";
import type { PunchNotes } from "../services/punch-notes.ts";
import type { Punching } from "../services/punching.ts";
import type { DrainQueue } from "../services/queue-drain.ts";
import type { StuckPunches } from "../services/stuck-punches.ts";
import { errorAnswer } from "../web/status.tsx";
import { refusal, type SignedDeps, signed } from "./signed.ts";

export interface KioskApiDeps extends SignedDeps {
	readonly kiosks: Kiosks;
	readonly punching: Punching;
	readonly notes: PunchNotes;
	readonly makeups: Makeups;
	readonly drain: DrainQueue;
	readonly stuck: StuckPunches;
	readonly clock: Clock;
	/** Everything a kiosk is told about site, policy and version. */
	describe(): Pick<wire.HelloReply, "site" | "boxKey" | "policy" | "version" | "faceNet" | "demoCards">;
	consentText(lang: "zh-CN" | "en"): wire.ConsentText;
	selfEnrol(kioskId: string, request: wire.EnrolRequest, address: string): Promise<wire.EnrolReply>;
	/** Seconds this address must wait before the next pairing try; 0 when it may. */
	pairingWaitSec(address: string): number;
	pairingFailed(address: string): Promise<void>;
}

const ConsentAsk = t.Object({ lang: t.Union([t.Literal("zh-CN"), t.Literal("en")]) });
const R = wire.KIOSK_ROUTES;
/** Bodies are read as bytes, because the signature covers the bytes. */
const raw = { parse: "none" } as const;

export const kioskApi = (deps: KioskApiDeps) =>
	new Elysia({ name: "kiosk-api" })
		.post(R.pair, ({ request }) => pair(deps, request), raw)
		.get(R.nonce, ({ request }) => nonce(deps, request))
		.post(R.hello, signed(deps, wire.HelloRequest, hello(deps), { whilePending: true }), raw)
		.post(
			R.punch,
			signed(deps, wire.PunchRequest, ({ proved, body }) => deps.punching.punch(proved, body)),
			raw,
		)
		.post(R.notMe, signed(deps, wire.NotMeRequest, notMe(deps)), raw)
		.post(R.makeup, signed(deps, wire.MakeupRequest, makeup(deps)), raw)
		.post(
			R.consent,
			signed(deps, ConsentAsk, async ({ body }) => deps.consentText(body.lang)),
			raw,
		)
		.post(R.enrol, signed(deps, wire.EnrolRequest, enrol(deps)), raw)
		.post(
			R.drain,
			signed(deps, wire.DrainRequest, ({ proved, body }) => deps.drain(proved, body)),
			raw,
		)
		.post(R.setAside, signed(deps, stuckWire.SetAsideRequest, setAside(deps)), raw);

type Handler<S extends TObject, R> = Parameters<typeof signed<S, R & object>>[2];

const hello =
	(deps: KioskApiDeps): Handler<typeof wire.HelloRequest, wire.HelloReply> =>
	async ({ proved: { kiosk }, body, address }) => {
		await deps.kiosks.noteHello(kiosk.id, body, address);
		const stuckOrder = await deps.stuck.afterHello(kiosk.id, body);
		return { ...helloReply(deps, kiosk), ...(stuckOrder && { stuckOrder }) };
	};

function helloReply(deps: KioskApiDeps, { status, name, place, passing }: KioskRow): wire.HelloReply {
	const site = deps.describe();
	const policy = { ...site.policy, passing };
	return { ...site, policy, status, kiosk: { name, place }, serverNowMs: deps.clock.nowMs() };
}

const notMe =
	(deps: KioskApiDeps): Handler<typeof wire.NotMeRequest, object> =>
	async ({ proved, body, address }) => {
		const noted = await deps.notes.notMe(body.punchId, body.id, proved.kiosk.id, address);
		return noted.ok ? { outcome: "noted" } : { outcome: "refused", code: noted.error.code };
	};

const setAside =
	(deps: KioskApiDeps): Handler<typeof stuckWire.SetAsideRequest, stuckWire.SetAsideReply> =>
	({ proved, body, address }) =>
		deps.stuck.setAside(proved.kiosk.id, body, address);

const makeup =
	(deps: KioskApiDeps): Handler<typeof wire.MakeupRequest, wire.MakeupReply> =>
	({ proved, body, address }) =>
		deps.makeups.request(body, proved.kiosk.id, address);

const enrol =
	(deps: KioskApiDeps): Handler<typeof wire.EnrolRequest, wire.EnrolReply> =>
	({ proved, body, address }) =>
		deps.selfEnrol(proved.kiosk.id, body, address);

async function pair(deps: KioskApiDeps, request: Request): Promise<Response> {
	const address = deps.addressOf(request);
	const seconds = deps.pairingWaitSec(address);
	if (seconds > 0)
		return errorAnswer(request, { kind: "unavailable", code: "errors.wait", vars: { seconds } });
	const body: unknown = await request.json().catch(() => undefined);
	if (!Value.Check(wire.PairRequest, body))
		return refusal(request, { kind: "invalid", code: "kiosk.refused.malformed" satisfies RefusalCode }, 422);
	const paired = await deps.kiosks.pair(body, address);
	if (!paired.ok) {
		await deps.pairingFailed(address);
		return errorAnswer(request, paired.error);
	}
	const { kioskId } = paired.value;
	const reply: wire.PairReply = { kioskId, nonce: deps.auth.issueNonce(kioskId) ?? "" };
	return Response.json(reply, { headers: { "cache-control": "no-store" } });
}

function nonce(deps: KioskApiDeps, request: Request): Response {
	const id = new URL(request.url).searchParams.get("kiosk") ?? "";
	const fresh = deps.auth.issueNonce(id);
	if (!fresh)
		return refusal(request, { kind: "forbidden", code: "kiosk.auth.unknown_kiosk" satisfies AuthCode }, 401);
	const reply: wire.NonceReply = { nonce: fresh, serverNowMs: deps.clock.nowMs() };
	return Response.json(reply, { headers: { "cache-control": "no-store" } });
}
