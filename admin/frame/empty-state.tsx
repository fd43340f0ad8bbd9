/** What stands where rows would be: why there are none, and the next step. */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons.tsx";

export interface EmptyStateProps {
	readonly icon: IconName;
	readonly title: string;
	readonly children: ComponentChildren;
	/** A link or button that does the next step. */
	readonly action?: ComponentChildren;
}

export const EmptyState = ({ icon, title, children, action }: EmptyStateProps) => (
	<div class="empty">
		<span class="empty-icon">
			<Icon name={icon} />
		</span>
		<h2>{title}</h2>
		<p class="muted">{children}</p>
		{action}
	</div>
);
