/** The way into a demo shop: a link with a token that was printed at the start. Exists in demo mode alone. */
import { timingSafeEqual } from "node:crypto";
import { Elysia } from "elysia";
import type { Store } from "../../db/store.ts";
import { notFound } from "../../server/base/app-error.ts";
import { utf8 } from "../../server/base/bytes.ts";
import type { Clock } from "../../server/base/units.ts";
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
	/** The account the link signs in, and its token. */
	readonly demoEntry: { readonly accountId: string; readonly token: string };
}

export const demoPages = (deps: DemoPagesDeps) =>
	new Elysia({ name: "demo" }).get("/demo", async ({ request, query }) => {
		const rc = contextOf(request);
		const { accountId, token } = deps.demoEntry;
		if (!isSame(rawValue(query, "key"), token)) return errorAnswer(request, notFound("errors.not_found"));
		const nowMs = deps.clock.nowMs();
		const session = await deps.store.commit((tx) =>
			deps.sessions.open(tx, accountId, originOf(request, rc), nowMs),
		);
		return goTo(rc, "/", { cookies: [setCookie(SESSION_COOKIE, session)] });
	});

function isSame(given: string, wanted: string): boolean {
	const [a, b] = [utf8(given), utf8(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}
