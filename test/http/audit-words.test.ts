/** Every act that the audit lists has words in the audit's filter and rows, in both languages. */
import { expect, test } from "bun:test";
import { auditActions } from "../../db/audit.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import { BOX, makeTestBox } from "../support/test-box.ts";

test("decisions about kiosks, punches and make-ups, and a dropped consent, are named", async () => {
	const box = await makeTestBox();
	await box.staff();
	const { services, clock } = box;
	const { kiosks, makeups, notes, consents, store } = services;
	const lin = person("lin-wanqing");
	const door = await box.kiosk();
	const reply = await door.punch({ kind: "card", card: lin.card! });
	if (reply.outcome !== "accepted") throw new Error("not accepted");
	must(await notes.notMe(reply.punchId, newId(clock.nowMs()), door.id, "local"));
	must(await notes.confirm(reply.punchId, "", BOX));
	must(await notes.void(reply.punchId, "a mistake", BOX));
	for (const decide of [makeups.approve, makeups.refuse]) {
		const id = newId(clock.nowMs());
		const wish = { id, number: lin.number, atMs: clock.nowMs(), reason: "card_lost" as const };
		await makeups.request(wish, door.id, "local");
		must(await decide(id, BOX));
	}
	const who = store.sqlite.query("SELECT id FROM employee").get() as { id: string };
	const { version } = consents.text("en");
	must(await consents.give(who.id, { version, lang: "en", channel: "admin" }, BOX));
	await consents.drop(who.id, BOX);
	for (const act of [kiosks.suspend, kiosks.approve, kiosks.revoke]) must(await act(door.id, BOX));
	await services.clockWatch.confirm(BOX);
	const wordless = auditActions(store).filter((action) => !isMessageKey(`audit.act.${action}`));
	expect(wordless).toEqual([]);
	await box.close();
});
