/** What board and day list show before anybody is on the staff: the way to bring people in. */
import type { ComponentChildren } from "preact";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { EmptyState } from "./empty-state.tsx";

interface NoStaffProps {
	readonly rc: SignedInContext;
	/** What this page will show then. */
	readonly children: ComponentChildren;
}

export const NoStaff = ({ rc, children }: NoStaffProps) => (
	<EmptyState
		icon="people"
		title={rc.t("board.no_people")}
		action={
			mayUse(rc.viewer.role, "GET", "/people/import") && (
				<a class="button" href="/people/import">
					{rc.t("board.no_people.import")}
				</a>
			)
		}
	>
		{children}
	</EmptyState>
);
