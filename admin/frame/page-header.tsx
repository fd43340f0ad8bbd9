/** The heading of a page with one line of explanation and the page's actions. */
import type { ComponentChildren } from "preact";

export interface PageHeaderProps {
	readonly title: ComponentChildren;
	readonly lead?: ComponentChildren;
	/** Buttons and links; the main one last. */
	readonly actions?: ComponentChildren;
}

export const PageHeader = ({ title, lead, actions }: PageHeaderProps) => (
	<header class="page-header">
		<div>
			<h1>{title}</h1>
			{lead && <p class="lead">{lead}</p>}
		</div>
		{actions && <div class="actions">{actions}</div>}
	</header>
);

export interface CardProps {
	readonly title?: ComponentChildren;
	readonly lead?: ComponentChildren;
	readonly actions?: ComponentChildren;
	readonly id?: string;
	readonly children: ComponentChildren;
}

/** A titled surface inside a page. */
export const Card = ({ title, lead, actions, id, children }: CardProps) => (
	<section class="card" id={id}>
		{(title || actions) && (
			<header class="card-head">
				<div>
					{title && <h2>{title}</h2>}
					{lead && <p class="muted">{lead}</p>}
				</div>
				{actions && <div class="actions">{actions}</div>}
			</header>
		)}
		{children}
	</section>
);
