/** The menu as data. An entry shows when the access table lets the viewer's role open it, so a page appears with its route. */
import type { Role } from "../../db/account.ts";
import { mayUse } from "../../server/web/access.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import type { IconName } from "./icons.tsx";

export interface NavEntry {
	readonly href: string;
	readonly key: MessageKey;
	readonly icon: IconName;
	readonly group: "today" | "staff" | "box";
}

/** In the order of daily use; the first four make the tab bar of a phone. */
const ENTRIES: readonly NavEntry[] = [
	{ href: "/board", key: "app.nav.board", icon: "board", group: "today" },
	{ href: "/days", key: "app.nav.days", icon: "days", group: "today" },
	{ href: "/people", key: "app.nav.people", icon: "people", group: "staff" },
	{ href: "/doubts", key: "app.nav.doubts", icon: "warn", group: "today" },
	{ href: "/makeups", key: "app.nav.requests", icon: "request", group: "today" },
	{ href: "/enrolments", key: "app.nav.enrolments", icon: "face", group: "staff" },
	{ href: "/kiosks", key: "app.nav.kiosks", icon: "kiosk", group: "staff" },
	{ href: "/faces", key: "faces.title", icon: "accuracy", group: "box" },
	{ href: "/settings", key: "app.nav.settings", icon: "settings", group: "box" },
	{ href: "/accounts", key: "app.nav.accounts", icon: "account", group: "box" },
	{ href: "/audit", key: "app.nav.audit", icon: "audit", group: "box" },
	{ href: "/ledger", key: "app.nav.ledger", icon: "ledger", group: "box" },
];

export const NAV_GROUPS = ["today", "staff", "box"] as const;

export const navFor = (role: Role): readonly NavEntry[] =>
	ENTRIES.filter((entry) => mayUse(role, "GET", entry.href));

/** True for the entry's own page and everything below it. */
export const isCurrent = (entry: NavEntry, path: string): boolean =>
	path === entry.href || path.startsWith(`${entry.href}/`);

/** The first page a role can open after signing in. */
export const startPage = (role: Role): string => navFor(role)[0]?.href ?? "/profile";
