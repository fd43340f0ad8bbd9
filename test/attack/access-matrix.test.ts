/** Attack row A32: every route × every role, generated from the access table, so that a new route joins by itself. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { insertAccount, ROLES, type Role } from "../../db/account.ts";
import { makeApp } from "../../server/app.ts";
import { newId } from "../../server/base/ids.ts";
import { ACCESS, type Rule } from "../../server/web/access.ts";
import { Browser } from "../support/browser.ts";
import { makeTestBox, OWNER, type TestBox } from "../support/test-box.ts";

let box: TestBox;
let app: ReturnType<typeof makeApp>;
const tokens = new Map<Role, string>();

beforeAll(async () => {
	box = await makeTestBox();
	app = makeApp(box.services);
	for (const role of ROLES) {
		const row = { ...OWNER, id: newId(), login: `matrix-${role}`, role };
		await box.services.store.commit((tx) => insertAccount(tx, row));
		const origin = { address: "local", agent: "" };
		const open = () =>
			box.services.store.commit((tx) => box.services.sessions.open(tx, row.id, origin, box.clock.nowMs()));
		tokens.set(role, await open());
	}
});
afterAll(() => box.close());

function visitor(role?: Role): Browser {
	const browser = new Browser((request) => app.handle(request));
	if (role) browser.cookies.set("__Host-dm", tokens.get(role)!);
	return browser;
}

interface Row {
	readonly method: string;
	readonly path: string;
	readonly rule: Rule;
}
const ROUTES: readonly Row[] = Object.entries(ACCESS).map(([key, rule]) => {
	const [method = "", pattern = ""] = key.split(" ");
	return { method, path: pattern.replaceAll(/:\w+/g, () => "0190a000-0000-7000-8000-0000000000ff"), rule };
});
/** Owners only once there is one, so `setup` belongs to them. */
const rolesOf = ({ to }: Rule): readonly string[] | undefined =>
	to === "setup" ? ["owner"] : typeof to === "string" ? undefined : to;
const guarded = ROUTES.filter(({ rule }) => rolesOf(rule));

/** The whole refusal but for what names the moment. */
const shapeOf = async (answer: Response): Promise<string> =>
	(await answer.text()).replaceAll(/name="back" value="[^"]*"/g, "").replaceAll(/"?\/[a-z/0-9-]+"?/g, "");

describe("routes and table", () => {
	const known = new Set(Object.keys(ACCESS));
	/** Mounted by `dianmao demo` alone. */
	const demoOnly = ["GET /demo", "GET /demo/door"];

	test("every route is in the table", () => {
		const routes = app.routes
			.filter(({ path }) => path !== "/*")
			.map(({ method, path }) => `${method} ${path}`);
		expect(routes.filter((route) => !known.has(route))).toEqual([]);
	});

	test("every line of the table is a route", () => {
		const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
		expect([...known].filter((key) => !routes.has(key))).toEqual(demoOnly);
	});
});

describe("people without an account", () => {
	test.each(guarded.map((row) => [`${row.method} ${row.path}`, row] as const))(
		"%s leads to the login",
		async (_, row) => {
			const answer = await visitor().send(row.method, row.path);
			const isLogin = answer.headers.get("location")?.startsWith("/login") ?? false;
			expect(answer.status === 401 || (answer.status === 303 && isLogin)).toBe(true);
		},
	);

	test("a forged or ended session is no session", async () => {
		const forger = visitor();
		forger.cookies.set("__Host-dm", "A".repeat(43));
		expect((await forger.get("/profile")).status).toBe(303);
	});
});

describe.each(ROLES.map((role) => [role] as const))("%s", (role) => {
	const foreign = guarded.filter(({ rule }) => !rolesOf(rule)!.includes(role));
	const own = guarded.filter(({ rule, method }) => rolesOf(rule)!.includes(role) && method === "GET");

	test("is refused alike on every foreign route", async () => {
		const shapes = new Set<string>();
		for (const { method, path } of foreign) {
			const answer = await visitor(role).send(method, path);
			expect([method, path, answer.status]).toEqual([method, path, 403]);
			if (!path.startsWith("/api/")) shapes.add(await shapeOf(answer));
		}
		expect(shapes.size).toBe(foreign.length > 0 ? 1 : 0);
	});

	test("is let into every own page", async () => {
		for (const { method, path } of own) {
			const answer = await visitor(role).send(method, path);
			const toLogin = answer.headers.get("location")?.startsWith("/login") ?? false;
			expect([path, answer.status === 401 || answer.status === 403 || answer.status >= 500, toLogin]).toEqual(
				[path, false, false],
			);
			await answer.body?.cancel();
		}
	});
});
