/** The pages of a new box: the wizard, the empty office, signing in. Walked in the order a new owner meets them. */
import type { Page } from "playwright-core";
import { claimBox, OWNER, totpCode } from "./first-run.ts";
import { openDialog, type Screen, send } from "./screen.ts";

export type See = (screen: Screen) => Promise<void>;

const fillIn =
	(form: string, fields: Readonly<Record<string, string>>) =>
	async (page: Page): Promise<void> => {
		for (const [name, value] of Object.entries(fields)) await page.fill(`${form} [name=${name}]`, value);
		await send(form)(page);
	};

/** What goes wrong on a page of the wizard, by its path. */
const WRONG: Readonly<Record<string, Screen["act"]>> = {
	"/setup": fillIn("form[action='/setup/code']", { code: "AAAA-AAAA" }),
	"/setup/site": fillIn("form[action='/setup/site']", { name: "", zone: "Moon/Base" }),
	"/setup/owner": fillIn("form[action='/setup/owner']", { name: "", login: "a b", password: "short" }),
	"/setup/factor": fillIn("form[action='/setup/factor']", { code: "000000" }),
	"/setup/recovery": send("form[action='/setup/recovery']"),
};

const EMPTY: readonly Screen[] = [
	{ name: "empty-board", path: "/board" },
	{ name: "empty-roll-call", path: "/board/roll-call" },
	{ name: "empty-days", path: "/days" },
	{ name: "empty-people", path: "/people" },
	{ name: "empty-departments", path: "/people/departments" },
	{ name: "empty-shifts", path: "/people/shifts" },
	{ name: "empty-doubts", path: "/doubts" },
	{ name: "empty-makeups", path: "/makeups" },
	{ name: "empty-enrolments", path: "/enrolments" },
	{ name: "empty-kiosks", path: "/kiosks" },
	{ name: "empty-accounts", path: "/accounts" },
	{ name: "owner-profile", path: "/profile" },
	{ name: "owner-codes-question", path: "/profile", act: openDialog("=recovery"), inWindow: true },
	{ name: "prove", path: "/prove?next=/accounts/new" },
	{
		name: "prove-wrong",
		path: "/prove?next=/accounts/new",
		act: fillIn("form[action='/prove']", { password: "not this one", code: "000000" }),
	},
];

const asOwner = { login: OWNER.login, password: OWNER.password };
const secondStep = fillIn("form[action='/login']", asOwner);

const SIGNED_OUT: readonly Screen[] = [
	{ name: "login", path: "/login" },
	{
		name: "login-wrong",
		path: "/login",
		act: fillIn("form[action='/login']", { login: OWNER.login, password: "not this one" }),
	},
	{ name: "login-second-step", path: "/login", act: secondStep },
	{
		name: "login-code-wrong",
		path: "/login",
		async act(page) {
			await secondStep(page);
			await fillIn("form[action='/login/code']", { code: "000000" })(page);
		},
	},
	{
		name: "login-recovery",
		path: "/login",
		async act(page) {
			await secondStep(page);
			await page.click("details.more summary");
		},
	},
];

/** What the walk passes, for whoever counts pages. */
export const FIRST_RUN_PATHS: readonly { readonly path: string }[] = [
	...["code", "site", "owner", "factor", "recovery", "face", "shift", "ready"].map((step) => ({
		path: step === "code" ? "/setup" : `/setup/${step}`,
	})),
	...EMPTY,
	...SIGNED_OUT,
	{ path: "/profile/totp" },
	{ path: "/accounts/new" },
	{ path: "/invite/token" },
];

/** Shows every page to `see`, from the one-time code to the sign-in of the new owner. */
export async function walkFirstRun(page: Page, origin: string, code: string, see: See): Promise<void> {
	const { secret } = await claimBox(page, origin, code, async (path) => {
		const name = path === "/setup" ? "setup-code" : path.slice(1).replace("/", "-");
		const act = WRONG[path];
		if (act) await see({ name: `${name}-wrong`, path, act });
		await see({ name, path });
		await page.goto(origin + path);
	});
	for (const screen of EMPTY) await see(screen);
	await seeInvitation(page, origin, secret, see);
	for (const screen of SIGNED_OUT) await see(screen);
}

/** Inviting needs a fresh proof; the authenticator's next code is taken, since each counts once. */
async function seeInvitation(page: Page, origin: string, secret: string, see: See): Promise<void> {
	await page.goto(`${origin}/prove?next=/accounts/new`);
	const nextCode = totpCode(secret, Date.now() + TOTP_STEP_MS);
	await fillIn("form[action='/prove']", { password: OWNER.password, code: nextCode })(page);
	await see({ name: "authenticator", path: "/profile/totp" });
	await see({ name: "account-new", path: "/accounts/new" });
	await see({ name: "account-new-wrong", path: "/accounts/new", act: send("form[action='/accounts/new']") });
	let link = "";
	let guests = 0;
	const invite = async (shown: Page) => {
		const login = `noor${++guests}`;
		await fillIn("form[action='/accounts/new']", { login, name: "Noor Haddad" })(shown);
		link = await shown.inputValue("input[readonly]");
	};
	await see({ name: "account-link", path: "/accounts/new", act: invite });
	await see({ name: "account-invited", path: "/accounts" });
	await page.context().clearCookies();
	await see({ name: "invitation", path: new URL(link).pathname });
	await see({ name: "invitation-used", path: "/invite/nobody-has-this-link" });
}

/** RFC 6238; the box takes the code of the step to come, for clocks that run ahead. */
const TOTP_STEP_MS = 30_000;
