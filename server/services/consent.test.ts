import { expect, test } from "bun:test";
import { consentInForce } from "../../db/consent.ts";
import { insertEnrolment } from "../../db/enrolment.ts";
import { shopWorld } from "../../test/shop-world.ts";
import { must } from "../base/result.ts";
import { makeConsents } from "./consent.ts";

test("a consent falls with a failed try, but not when somebody else enrolled the person under it meanwhile", async () => {
	const { store, clock, bus, shop, by } = await shopWorld();
	const text = (lang: "zh-CN" | "en") => ({ version: "1", lang, title: "t", paragraphs: ["p"] });
	const consents = makeConsents({ store, clock, bus, text, isFaceOn: () => true });
	const [employeeId = ""] = shop.people.values();
	const give = async () =>
		must(await consents.give(employeeId, { version: "1", lang: "en", channel: "admin" }, by));

	await give();
	await consents.drop(employeeId, by);
	expect(consentInForce(store, employeeId)).toBeUndefined();

	const { id: consentId } = await give();
	const plain = { status: "approved", channel: "webcam", madeBy: "boss", createdMs: clock.nowMs() } as const;
	await store.commit((tx) => insertEnrolment(tx, { ...plain, id: "e1", employeeId, consentId }));
	await consents.drop(employeeId, by);
	expect(consentInForce(store, employeeId)?.id).toBe(consentId);
});
