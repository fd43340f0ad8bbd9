/** The ways into a demo shop, by links with a token that was printed at the start: the office, and a door. Exists in demo mode alone. */
import { timingSafeEqual } from "node:crypto";
import { Elysia } from "elysia";
import type { Store } from "../../db/store.ts";
import { notFound } from "../../server/base/app-error.ts";
import { utf8 } from "../../server/base/bytes.ts";
import type { Clock } from "../../server/base/units.ts";
import type { Kiosks } from "../../server/services/kiosks.ts";
import type { Sessions } from "../../server/services/sessions.ts";
import { contextOf, originOf } from "../../server/web/context.ts";
import { SESSION_COOKIE, setCookie } from "../../server/web/cookies.ts";
import { rawValue } from "../../server/web/forms.ts";
import { goTo } from "../../server/web/render.tsx";
import { errorAnswer } from "../../server/web/status.tsx";

export interface DemoPagesDeps {
	readonly store: Store;
	readonly clock: Clock;
	readonly sessions: Sessions;
	readonly kiosks: Pick<Kiosks, "makeCode">;
	/** The account the link signs in, and its token. */
	readonly demoEntry: { readonly accountId: string; readonly token: string };
}

export function demoPages(deps: DemoPagesDeps) {
	const { accountId, token } = deps.demoEntry;
	const withKey =
		(open: (request: Request) => Promise<Response>) =>
		({ request, query }: { request: Request; query: unknown }) =>
			isSame(rawValue(query, "key"), token)
				? open(request)
				: errorAnswer(request, notFound("errors.not_found"));
	return new Elysia({ name: "demo" })
		.get(
			"/demo",
			withKey((request) => enterOffice(deps, request, accountId)),
		)
		.get(
			"/demo/door",
			withKey((request) => openDoor(deps, request)),
		);
}

async function enterOffice(deps: DemoPagesDeps, request: Request, accountId: string): Promise<Response> {
	const rc = contextOf(request);
	const nowMs = deps.clock.nowMs();
	const session = await deps.store.commit((tx) =>
		deps.sessions.open(tx, accountId, originOf(request, rc), nowMs),
	);
	return goTo(rc, "/", { cookies: [setCookie(SESSION_COOKIE, session)] });
}

/** A fresh code each time, so the link works for as long as the demo runs. */
async function openDoor({ kiosks }: DemoPagesDeps, request: Request): Promise<Response> {
	const rc = contextOf(request);
	const plan = { name: rc.t("board.demo_door"), place: "", direction: "auto" as const };
	const made = await kiosks.makeCode(plan, { actor: { kind: "box", id: "demo" }, address: rc.address });
	return made.ok ? goTo(rc, `/kiosk#pair=${made.value.code}`) : errorAnswer(request, made.error);
}

function isSame(given: string, wanted: string): boolean {
	const [a, b] = [utf8(given), utf8(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}
