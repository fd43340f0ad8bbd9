/** An owner links an account to its holder on the staff; from then on the account decides nothing about that person. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { findAccount } from "../../db/account.ts";
import { newId } from "../../server/base/ids.ts";
import { person } from "../../server/demo/shop.ts";
import { type SignedIn, signInAs } from "../support/sign-in.ts";
import { makeTestBox, type TestBox } from "../support/test-box.ts";

const lin = person("lin-wanqing");
let box: TestBox;
let owner: SignedIn;
let hr: SignedIn;
beforeEach(async () => {
	box = await makeTestBox();
	await box.staff();
	[owner, hr] = [await signInAs(box, "owner"), await signInAs(box, "hr")];
});
afterEach(() => box.close());

const save = (employeeNumber: string) =>
	owner.send(`/accounts/${hr.accountId}`, {
		method: "POST",
		body: new URLSearchParams({ name: "Li", role: "hr", employeeNumber }),
	});
const linked = () => findAccount(box.services.store, hr.accountId)?.employeeId;

test("the number is kept, shown again, and taken off when emptied; one nobody has is refused", async () => {
	expect((await save("nobody")).status).toBe(422);
	expect((await save(lin.number)).status).toBe(303);
	expect(linked()).toBeString();
	expect(await (await owner.send(`/accounts/${hr.accountId}`)).text()).toContain(`value="${lin.number}"`);
	await save("");
	expect(linked()).toBeNull();
});

test("the own make-up is left to somebody else", async () => {
	await save(lin.number);
	const id = newId(box.clock.nowMs());
	const wish = { id, number: lin.number, atMs: box.clock.nowMs(), reason: "card_lost" as const };
	await box.services.makeups.request(wish, (await box.kiosk()).id, "local");
	const approve = (who: SignedIn) => who.send(`/makeups/${id}/approve`, { method: "POST" });
	expect((await approve(hr)).status).toBe(403);
	expect((await approve(owner)).status).toBe(303);
});
