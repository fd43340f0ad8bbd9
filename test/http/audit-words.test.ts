/** Every act that the audit lists has words in the audit's filter and rows, and so have what it was done to and its particulars. */
import { expect, test } from "bun:test";
import { auditActions } from "../../db/audit.ts";
import { newId } from "../../server/base/ids.ts";
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { isMessageKey } from "../../server/web/messages.ts";
import { signInAs } from "../support/sign-in.ts";
import { BOX, makeTestBox, type TestBox } from "../support/test-box.ts";

/** Ids, names of fields and other words that only programs read. */
const CODES =
	/[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]+(?:Id|On|Min|Sec|Days)\b|\b[a-z]+_[a-z]+\b|undefined|\[object|=/g;

/** Text of the rows on the audit's pages, without the markup. */
async function auditText(box: TestBox): Promise<string> {
	const { send } = await signInAs(box, "owner");
	let text = "";
	let path: string | undefined = "/audit";
	while (path) {
		const html: string = await (await send(path)).text();
		const rows = /<tbody>([\s\S]*)<\/tbody>/.exec(html)?.[1] ?? "";
		text += rows.replaceAll(/<[^>]*>/g, "");
		path = /href="(\/audit\?before=\d+)"/.exec(html)?.[1];
	}
	return text;
}

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
	const edit = {
		number: "9001",
		name: "Lin Wan",
		joinedOn: "2020-01-01",
		departmentId: null,
		shiftId: null,
	};
	must(await services.employees.change(who.id, { ...edit }, BOX));
	must(await services.choices.change({ policy: { idleSec: 90 } }, BOX));
	const wordless = auditActions(store).filter((action) => !isMessageKey(`audit.act.${action}`));
	expect(wordless).toEqual([]);
	const shown = await auditText(box);
	expect(shown).toContain("Seconds until the clock page 45 \u2192 90");
	expect(shown.match(CODES)).toBeNull();
	await box.close();
});
