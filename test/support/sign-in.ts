/** Signs an account of any role in, past the sign-in pages: tests of other pages start here. */
import { insertAccount, type Role, replaceDepartments } from "../../db/account.ts";
import { newId } from "../../server/base/ids.ts";
import { SESSION_COOKIE } from "../../server/web/cookies.ts";
import type { TestBox } from "./test-box.ts";
import type { SendRequest } from "./test-kiosk.ts";

export interface SignedIn {
	readonly accountId: string;
	/** Requests with the session's cookie. */
	readonly send: SendRequest;
	readonly cookie: string;
}

/** Makes the account too; a manager gets `departmentIds`. */
export async function signInAs(
	{ services, clock, send }: TestBox,
	role: Role,
	departmentIds: readonly string[] = [],
): Promise<SignedIn> {
	const nowMs = clock.nowMs();
	const id = newId(nowMs);
	const token = await services.store.commit((tx) => {
		insertAccount(tx, {
			id,
			login: `${role}-${id}`,
			name: `Test ${role}`,
			role,
			passwordHash: null,
			totpSealed: null,
			totpStep: 0,
			lang: "en",
			employeeId: null,
			createdMs: nowMs,
			disabledMs: null,
		});
		replaceDepartments(tx, id, departmentIds);
		return services.sessions.open(tx, id, { address: "192.168.1.9", agent: "test" }, nowMs);
	});
	const cookie = `${SESSION_COOKIE}=${token}`;
	return {
		accountId: id,
		cookie,
		send(path, init = {}) {
			const headers = new Headers(init.headers);
			headers.set("cookie", cookie);
			return send(path, { ...init, headers });
		},
	};
}
