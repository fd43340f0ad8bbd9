/** Routes of the kiosks: list with live health, adding, approving, changing, pausing, revoking. */
import { Elysia } from "elysia";
import { renderToString } from "preact-render-to-string";
import { kioskById, listKiosks } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import { notFound } from "../../server/base/app-error.ts";
import type { Result } from "../../server/base/result.ts";
import type { Clock } from "../../server/base/units.ts";
import type { DomainBus } from "../../server/services/events.ts";
import type { Kiosks } from "../../server/services/kiosks.ts";
import type { StuckPunches } from "../../server/services/stuck-punches.ts";
import { byOf, signedIn } from "../../server/web/context.ts";
import type { DoorAddress } from "../../server/web/door-address.ts";
import type { EventStreams, StartFeed } from "../../server/web/event-stream.ts";
import { asFieldErrors, oneOf, parseForm, rawValue, text, ticked } from "../../server/web/forms.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { goTo, page } from "../../server/web/render.tsx";
import { failed } from "../../server/web/status.tsx";
import { CodeView, DIRECTIONS, NewKioskView } from "./kiosk-form.tsx";
import { KioskList, LIST, PENDING, PendingKiosks } from "./kiosk-list.tsx";
import { KioskView } from "./kiosk-view.tsx";
import { KiosksView } from "./kiosks-view.tsx";
import { stuckOf, stuckPages } from "./stuck-pages.ts";

export interface KiosksPagesDeps {
	readonly store: Db;
	readonly clock: Clock;
	readonly bus: DomainBus;
	readonly kiosks: Kiosks;
	readonly stuck: StuckPunches;
	readonly streams: EventStreams;
	/** Address of the door page as a tablet can reach it. */
	doorUrl(request: Request): DoorAddress;
}

/** What only a kiosk that is there has. */
const CHANGE = { passing: ticked() };
const PLAN = { name: text({ max: 40 }), place: text({ min: 0, max: 60 }), direction: oneOf(DIRECTIONS) };

const valuesOf = (body: unknown) => ({
	name: rawValue(body, "name"),
	place: rawValue(body, "place"),
	direction: rawValue(body, "direction") || "auto",
});

export const kiosksPages = (deps: KiosksPagesDeps) =>
	new Elysia({ name: "kiosks" })
		.get("/kiosks", ({ request }) => {
			const rc = signedIn(request);
			return page(rc, <KiosksView rc={rc} kiosks={listKiosks(deps.store)} nowMs={rc.nowMs} />);
		})
		.get("/kiosks/stream", ({ request, server }) => deps.streams.open({ request, server }, feedOf(deps)))
		.get("/kiosks/new", ({ request }) => {
			const rc = signedIn(request);
			return page(rc, <NewKioskView rc={rc} {...valuesOf({})} />);
		})
		.post("/kiosks/new", ({ request, body }) => makeCode(deps, request, body))
		.get("/kiosks/:id", ({ request, params }) => showKiosk(deps, request, params.id))
		.post("/kiosks/:id", ({ request, params, body }) => change(deps, request, params.id, body))
		.post("/kiosks/:id/approve", ({ request, params }) => act(deps, request, params.id, "approve"))
		.post("/kiosks/:id/refuse", ({ request, params }) => act(deps, request, params.id, "refuse"))
		.post("/kiosks/:id/suspend", ({ request, params }) => act(deps, request, params.id, "suspend"))
		.post("/kiosks/:id/resume", ({ request, params }) => act(deps, request, params.id, "resume"))
		.post("/kiosks/:id/revoke", ({ request, params }) => act(deps, request, params.id, "revoke"))
		.use(stuckPages(deps));

async function makeCode(deps: KiosksPagesDeps, request: Request, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const form = parseForm(body, PLAN);
	if (!form.ok) return page(rc, <NewKioskView rc={rc} {...valuesOf(body)} errors={form.error} />, 422);
	const made = await deps.kiosks.makeCode(form.value, byOf(rc));
	if (!made.ok)
		return page(rc, <NewKioskView rc={rc} {...valuesOf(body)} errors={asFieldErrors(made.error)} />, 422);
	const url = deps.doorUrl(request);
	const kiosks = listKiosks(deps.store);
	return page(rc, <CodeView rc={rc} name={form.value.name} {...made.value} url={url} kiosks={kiosks} />);
}

function showKiosk({ store }: KiosksPagesDeps, request: Request, id: string): Response {
	const rc = signedIn(request);
	const kiosk = kioskById(store, id);
	if (!kiosk) return failed(request, notFound("kiosks.not_found"));
	return page(rc, <KioskView rc={rc} kiosk={kiosk} stuck={stuckOf(store, kiosk)} values={kiosk} />);
}

async function change(deps: KiosksPagesDeps, request: Request, id: string, body: unknown): Promise<Response> {
	const rc = signedIn(request);
	const kiosk = kioskById(deps.store, id);
	if (!kiosk) return failed(request, notFound("kiosks.not_found"));
	const form = parseForm(body, { ...PLAN, ...CHANGE });
	const again = (errors: ReturnType<typeof asFieldErrors>) =>
		page(
			rc,
			<KioskView
				rc={rc}
				kiosk={kiosk}
				stuck={stuckOf(deps.store, kiosk)}
				values={{ ...valuesOf(body), passing: rawValue(body, "passing") !== "" }}
				errors={errors}
			/>,
			422,
		);
	if (!form.ok) return again(form.error);
	const changed = await deps.kiosks.change(id, form.value, byOf(rc));
	if (!changed.ok) return again(asFieldErrors(changed.error, "name"));
	return goTo(rc, "/kiosks", { flash: "app.saved" });
}

type Act = "approve" | "refuse" | "suspend" | "resume" | "revoke";

const FLASHES: Readonly<Record<Act, MessageKey>> = {
	approve: "kiosks.approved",
	refuse: "kiosks.refused",
	suspend: "kiosks.suspended",
	resume: "kiosks.resumed",
	revoke: "kiosks.revoked_now",
};

async function act({ kiosks }: KiosksPagesDeps, request: Request, id: string, what: Act): Promise<Response> {
	const rc = signedIn(request);
	const by = byOf(rc);
	const acts: Readonly<Record<Act, () => Promise<Result<void>>>> = {
		approve: () => kiosks.approve(id, by),
		refuse: () => kiosks.revoke(id, by),
		suspend: () => kiosks.suspend(id, by),
		resume: () => kiosks.approve(id, by),
		revoke: () => kiosks.revoke(id, by),
	};
	const done = await acts[what]();
	if (!done.ok) return failed(request, done.error);
	return goTo(rc, "/kiosks", { flash: FLASHES[what] });
}

/** Reports of several kiosks are gathered; without any, ages grow all the same. */
const GATHER_MS = 400;
const AGE_MS = 15_000;

/** Sends both lists whenever a kiosk reports or changes. */
const feedOf =
	({ store, clock, bus }: KiosksPagesDeps): StartFeed =>
	(stream, rc) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const send = (): void => {
			timer = undefined;
			const shown = { rc, kiosks: listKiosks(store), nowMs: clock.nowMs() };
			stream.send("part", { id: PENDING, html: renderToString(<PendingKiosks {...shown} />) });
			stream.send("part", { id: LIST, html: renderToString(<KioskList {...shown} />) });
		};
		const soon = (): void => {
			timer ??= setTimeout(send, GATHER_MS);
		};
		const off = bus.on("kiosk", soon);
		const ageing = setInterval(soon, AGE_MS);
		return () => {
			off();
			clearTimeout(timer);
			clearInterval(ageing);
		};
	};
