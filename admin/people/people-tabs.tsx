/** The tabs that tie the pages about staff together: people, departments, shifts, import. */

import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { MessageKey } from "../../server/web/messages.ts";

const TABS: readonly { readonly href: string; readonly key: MessageKey }[] = [
	{ href: "/people", key: "people.title" },
	{ href: "/people/departments", key: "departments.title" },
	{ href: "/people/shifts", key: "shifts.title" },
	{ href: "/people/import", key: "import.title" },
];

export function PeopleTabs({ rc }: { readonly rc: SignedInContext }) {
	const tabs = TABS.filter(({ href }) => mayUse(rc.viewer.role, "GET", href));
	return tabs.length < 2 ? null : (
		<nav class="tabs" aria-label={rc.t("people.tabs")}>
			{tabs.map(({ href, key }) => (
				<a key={href} href={href} aria-current={rc.path === href ? "page" : undefined}>
					{rc.t(key)}
				</a>
			))}
		</nav>
	);
}
