/**
 * Who may use which route: the one table. A route that is not listed answers to nobody.
 * Roles see the same routes for every object; which objects (a manager's departments) is the service's business.
 */
import type { Role } from "../../db/account.ts";

/**
 * `always`: no account, even before the first run (assets, trust page, health).
 * `anyone`: no account, once the box is set up (login).
 * `setup`: anyone before the first owner exists, the owner afterwards.
 * `kiosk`: the API checks the kiosk's signature itself.
 */
export type Audience = "always" | "anyone" | "setup" | "kiosk" | readonly Role[];

export interface Rule {
	readonly to: Audience;
	/** The second factor must have been shown within the last 5 minutes. */
	readonly proved?: true;
}

const OWNER: Rule = { to: ["owner"] };
const OWNER_PROVED: Rule = { to: ["owner"], proved: true };
const OFFICE: Rule = { to: ["owner", "hr"] };
const EVERYONE: Rule = { to: ["owner", "hr", "manager", "auditor"] };
const EVERYONE_PROVED: Rule = { ...EVERYONE, proved: true };
const OVERSEERS: Rule = { to: ["owner", "auditor"] };
/** Those who decide about records and see evidence photos; an auditor only reads. */
const DECIDERS: Rule = { to: ["owner", "hr", "manager"] };
const DEVICE_READERS: Rule = { to: ["owner", "hr", "auditor"] };
const ANYONE: Rule = { to: "anyone" };
const ALWAYS: Rule = { to: "always" };
const SETUP: Rule = { to: "setup" };
const KIOSK: Rule = { to: "kiosk" };

export const ACCESS: Readonly<Record<string, Rule>> = {
	"GET /kiosk": ALWAYS,
	"GET /face-packs/:id/:file": ALWAYS,
	"GET /demo": ALWAYS,
	"GET /demo/door": ALWAYS,
	"POST /api/kiosk/pair": KIOSK,
	"GET /api/kiosk/nonce": KIOSK,
	"POST /api/kiosk/hello": KIOSK,
	"POST /api/kiosk/punch": KIOSK,
	"POST /api/kiosk/not-me": KIOSK,
	"POST /api/kiosk/makeup": KIOSK,
	"POST /api/kiosk/consent": KIOSK,
	"POST /api/kiosk/enrol": KIOSK,
	"POST /api/kiosk/drain": KIOSK,
	"POST /api/kiosk/set-aside": KIOSK,

	"GET /": EVERYONE,
	"POST /preferences": ALWAYS,

	"GET /login": ANYONE,
	"POST /login": ANYONE,
	"GET /login/code": ANYONE,
	"POST /login/code": ANYONE,
	"POST /login/recovery": ANYONE,
	"POST /login/passkey/options": ANYONE,
	"POST /login/passkey": ANYONE,
	"POST /logout": ANYONE,
	"GET /prove": EVERYONE,
	"POST /prove": EVERYONE,
	"POST /prove/passkey/options": EVERYONE,
	"POST /prove/passkey": EVERYONE,
	"GET /invite/:token": ANYONE,
	"POST /invite/:token": ANYONE,

	"GET /setup": SETUP,
	"POST /setup/code": SETUP,
	"GET /setup/site": SETUP,
	"POST /setup/site": SETUP,
	"GET /setup/owner": SETUP,
	"POST /setup/owner": SETUP,
	"GET /setup/factor": SETUP,
	"POST /setup/factor": SETUP,
	"POST /setup/passkey/options": SETUP,
	"POST /setup/passkey": SETUP,
	"GET /setup/recovery": OWNER,
	"POST /setup/recovery": OWNER,
	"GET /setup/face": OWNER,
	"POST /setup/face": OWNER,
	"GET /setup/shift": OWNER,
	"POST /setup/shift": OWNER,
	"GET /setup/ready": OWNER,
	"POST /setup/ready": OWNER,

	"GET /accounts": OWNER,
	"GET /accounts/new": OWNER_PROVED,
	"POST /accounts/new": OWNER_PROVED,
	"GET /accounts/:id": OWNER,
	"POST /accounts/:id": OWNER_PROVED,
	"POST /accounts/:id/disable": OWNER_PROVED,
	"POST /accounts/:id/enable": OWNER_PROVED,
	"POST /accounts/:id/reset": OWNER_PROVED,
	"POST /accounts/:id/sessions/end": OWNER,

	"GET /profile": EVERYONE,
	"POST /profile": EVERYONE,
	"POST /profile/password": EVERYONE_PROVED,
	"GET /profile/totp": EVERYONE_PROVED,
	"POST /profile/totp": EVERYONE_PROVED,
	"POST /profile/recovery": EVERYONE_PROVED,
	"POST /profile/passkeys/options": EVERYONE_PROVED,
	"POST /profile/passkeys": EVERYONE_PROVED,
	"POST /profile/passkeys/remove": EVERYONE_PROVED,
	"POST /profile/sessions/end": EVERYONE,

	"GET /people": EVERYONE,
	"GET /people/export": { to: ["owner", "hr", "auditor"] },
	"GET /people/new": OFFICE,
	"POST /people/new": OFFICE,
	"GET /people/departments": EVERYONE,
	"GET /people/departments/new": OFFICE,
	"POST /people/departments/new": OFFICE,
	"GET /people/departments/:id": OFFICE,
	"POST /people/departments/:id": OFFICE,
	"POST /people/departments/:id/remove": OFFICE,
	"GET /people/shifts": EVERYONE,
	"GET /people/shifts/new": OFFICE,
	"POST /people/shifts/new": OFFICE,
	"POST /people/shifts/default": OFFICE,
	"GET /people/shifts/:id": OFFICE,
	"POST /people/shifts/:id": OFFICE,
	"POST /people/shifts/:id/remove": OFFICE,
	"GET /people/import": OFFICE,
	"GET /people/import/template": OFFICE,
	"POST /people/import": OFFICE,
	"GET /people/import/:job": OFFICE,
	"POST /people/import/:job/confirm": OFFICE,
	"POST /people/import/:job/cancel": OFFICE,
	"GET /people/:id": EVERYONE,
	"GET /people/:id/edit": OFFICE,
	"POST /people/:id/edit": OFFICE,
	"POST /people/:id/leave": OFFICE,
	"POST /people/:id/rejoin": OFFICE,
	"POST /people/:id/cards": OFFICE,
	"POST /people/:id/cards/end": OFFICE,
	"POST /people/:id/cards/learn": OFFICE,
	"GET /people/:id/cards/learn": OFFICE,
	"POST /people/:id/cards/learn/cancel": OFFICE,
	"POST /people/:id/pin": OFFICE,
	"POST /people/:id/pin/draw": OFFICE,
	"POST /people/:id/pin/remove": OFFICE,
	"GET /people/:id/face": EVERYONE,
	"GET /people/:id/face/photos/:photoId": { to: ["owner", "hr", "manager"] },
	"POST /people/:id/face/withdraw": OFFICE,
	"GET /people/:id/face/enrol": OFFICE,
	"GET /people/:id/face/upload": OFFICE,
	"POST /people/:id/face/consent": OFFICE,
	"POST /people/:id/face/photos": OFFICE,
	"POST /people/:id/face/upload": OFFICE,
	"GET /enrolments": OFFICE,
	"POST /enrolments/approve": OFFICE,
	"POST /enrolments/:id/approve": OFFICE,
	"POST /enrolments/:id/reject": OFFICE,
	"GET /enrolments/batch": OFFICE,
	"POST /enrolments/batch": OFFICE,
	"GET /enrolments/batch/:id": OFFICE,
	"POST /enrolments/batch/:id/cancel": OFFICE,
	"GET /enrolments/consent": OFFICE,

	"GET /board": EVERYONE,
	"GET /board/stream": EVERYONE,
	"GET /board/roll-call": EVERYONE,
	"POST /board/alarms/seen": OFFICE,
	"GET /days": EVERYONE,
	"GET /days.xlsx": EVERYONE,
	"GET /days.csv": EVERYONE,
	"GET /days/:date/:id": EVERYONE,
	"GET /people/:id/days": EVERYONE,
	"GET /punches/:id/photo": DECIDERS,
	"POST /punches/:id/confirm": DECIDERS,
	"POST /punches/:id/void": DECIDERS,
	"GET /doubts": EVERYONE,
	"GET /makeups": EVERYONE,
	"POST /makeups/:id/approve": DECIDERS,
	"POST /makeups/:id/refuse": DECIDERS,

	"GET /kiosks": DEVICE_READERS,
	"GET /kiosks/stream": DEVICE_READERS,
	"GET /kiosks/new": OFFICE,
	"POST /kiosks/new": OFFICE,
	"GET /kiosks/:id": DEVICE_READERS,
	"POST /kiosks/:id": OFFICE,
	"POST /kiosks/:id/approve": OFFICE,
	"POST /kiosks/:id/refuse": OFFICE,
	"POST /kiosks/:id/suspend": OFFICE,
	"POST /kiosks/:id/resume": OFFICE,
	"POST /kiosks/:id/revoke": OFFICE,
	"POST /kiosks/:id/stuck/retry": OWNER,
	"POST /kiosks/:id/stuck/hand-over": OWNER_PROVED,
	"GET /kiosks/:id/stuck/:entry": OWNER_PROVED,

	"GET /faces": DEVICE_READERS,
	"GET /faces/progress": DEVICE_READERS,
	"POST /faces/measure": OFFICE,
	"POST /faces/limit": OWNER,

	"GET /settings": OVERSEERS,
	"POST /settings/site": OWNER,
	"POST /settings/kiosk": OWNER,
	"POST /settings/safety": OWNER,
	"POST /settings/hosts": OWNER,
	"POST /settings/clock": OWNER,
	"GET /settings/net": OVERSEERS,
	"GET /settings/net/job": OVERSEERS,
	"GET /settings/net/download": OVERSEERS,
	"POST /settings/net/upload": OWNER,
	"POST /settings/net/folder": OWNER,
	"POST /settings/net/download": OWNER,
	"POST /settings/net/cancel": OWNER,
	"POST /settings/net/compare": OWNER,
	"POST /settings/net/switch": OWNER_PROVED,
	"POST /settings/net/switch-anyway": OWNER_PROVED,
	"POST /settings/net/forget": OWNER,
	"POST /settings/net/remove": OWNER,

	"GET /audit": OVERSEERS,
};

/** The rule of "METHOD /pattern"; HEAD counts as GET. Undefined means nobody. */
export function ruleOf(method: string, pattern: string): Rule | undefined {
	const key = `${method === "HEAD" ? "GET" : method} ${pattern}`;
	return Object.hasOwn(ACCESS, key) ? ACCESS[key] : undefined;
}

/** True when the table lets `role` use the route; for navigation and buttons. */
export function mayUse(role: Role | undefined, method: string, pattern: string): boolean {
	const to = ruleOf(method, pattern)?.to;
	return Array.isArray(to) ? role !== undefined && to.includes(role) : to !== undefined;
}
