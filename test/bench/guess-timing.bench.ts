/**
 * Attack row A7 by the clock: how long a refused try takes, by what was wrong with it. Kinds take turns in changing order, so that a
 * busy machine slows all alike, and the quickest tenth is compared. Bar: a quarter; a path without its hash would be all of it.
 */
import { must } from "../../server/base/result.ts";
import { person } from "../../server/demo/shop.ts";
import { quantile } from "../fault/kill-rig.ts";
import { openOffice, PASSWORD } from "../support/office.ts";
import { BOX, makeTestBox } from "../support/test-box.ts";

const ROUNDS = 45;
const MOST_APART = 0.25;

type Tries = Readonly<Record<string, (round: number) => Promise<unknown>>>;

/** Time in ms that a tenth of the tries stays below; the first round warms up. */
async function measure(tries: Tries): Promise<Record<string, number>> {
	const taken = Object.fromEntries(Object.keys(tries).map((name) => [name, [] as number[]]));
	const kinds = Object.entries(tries);
	for (let round = 0; round <= ROUNDS; round++)
		for (let turn = 0; turn < kinds.length; turn++) {
			const [name, attempt] = kinds[(round + turn) % kinds.length]!;
			const startedMs = performance.now();
			await attempt(round);
			if (round > 0) taken[name]!.push(performance.now() - startedMs);
		}
	return Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, quantile(all, 0.1)]));
}

function judge(group: string, times: Record<string, number>): boolean {
	const all = Object.values(times);
	const apart = (Math.max(...all) - Math.min(...all)) / Math.min(...all);
	const text = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
	console.log(
		`${group}: ${text.join(", ")}; ${(apart * 100).toFixed(1)} % apart (bar ${MOST_APART * 100} %)`,
	);
	return apart < MOST_APART;
}

async function signIn(): Promise<boolean> {
	const office = openOffice();
	await office.addAccount("owner", "mei");
	await office.accounts.disable(await office.addAccount("hr", "gone"), BOX);
	const hash = must(await office.hashing.hash(PASSWORD));
	office.store.sqlite.query("UPDATE account SET password_hash = ?").run(hash);
	let visitors = 0;
	const attempt = (login: string) => async () => {
		const address = `10.${(++visitors >> 8) & 255}.${visitors & 255}.9`;
		await office.browser(address).post("/login", { login, password: "not the right one" });
	};
	const times = await measure({
		"unknown login": attempt("nobody"),
		"wrong password": attempt("mei"),
		"disabled account": attempt("gone"),
	});
	office.store.close();
	return judge("sign-in", times);
}

async function pins(): Promise<boolean> {
	const box = await makeTestBox();
	const shop = await box.staff();
	const lin = person("lin-wanqing");
	must(await box.services.pins.set(shop.people.get(lin.key)!, "739184", BOX));
	const kiosk = await box.kiosk();
	const attempt = (numberIn: (round: number) => string) => (round: number) => {
		box.clock.pass(1_000_000);
		return kiosk.punch({ kind: "pin", number: numberIn(round), pin: "111222" });
	};
	const times = await measure({
		"unknown number": attempt((round) => String(90_000 + round)),
		"wrong PIN": attempt(() => lin.number),
		"no PIN": attempt(() => person("zhao-tieshan").number),
	});
	await box.close();
	return judge("PIN", times);
}

const isEven = [await signIn(), await pins()].every(Boolean);
process.exit(isEven ? 0 : 1);
