/** Routes of punches that a kiosk could not hand in: try again, set aside in the box, one of them as a file. */
import { Elysia } from "elysia";
import type { KioskRow } from "../../db/kiosk.ts";
import type { Db } from "../../db/store.ts";
import { listSetAside, stuckOrderOf } from "../../db/stuck.ts";
import { utf8 } from "../../server/base/bytes.ts";
import type { StuckPunches } from "../../server/services/stuck-punches.ts";
import { byOf, signedIn } from "../../server/web/context.ts";
import { download } from "../../server/web/download.ts";
import { goTo } from "../../server/web/render.tsx";
import { failed } from "../../server/web/status.tsx";
import type { StuckFacts } from "./stuck-card.tsx";

/** What the kiosk's page shows of them. */
export const stuckOf = (db: Db, { id, health }: KioskRow): StuckFacts => ({
	groups: health.stuck ?? [],
	order: stuckOrderOf(db, id)?.what,
	kept: listSetAside(db, id),
});

export const stuckPages = ({ stuck }: { readonly stuck: StuckPunches }) =>
	new Elysia({ name: "kiosks-stuck" })
		.post("/kiosks/:id/stuck/retry", ({ request, params }) => order(stuck, request, params.id, "retry"))
		.post("/kiosks/:id/stuck/hand-over", ({ request, params }) =>
			order(stuck, request, params.id, "hand_over"),
		)
		.get("/kiosks/:id/stuck/:entry", async ({ request, params }) => {
			const file = await stuck.file(params.id, params.entry, byOf(signedIn(request)));
			if (!file.ok) return failed(request, file.error);
			const name = `dianmao-punch-${params.entry}.json`;
			return download({ name, contentType: "application/json", bytes: utf8(file.value) });
		});

async function order(
	stuck: StuckPunches,
	request: Request,
	id: string,
	what: "retry" | "hand_over",
): Promise<Response> {
	const rc = signedIn(request);
	const done = await stuck.order(id, what, byOf(rc));
	if (!done.ok) return failed(request, done.error);
	return goTo(rc, `/kiosks/${id}`, { flash: `kiosks.stuck.ordered_${what}` });
}
