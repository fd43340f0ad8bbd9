/** Dialogs: a native `<dialog>` opened by any element with `data-opens="<id>"`, and the question before an act that cannot be undone. */
import type { ComponentChildren } from "preact";
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "./icons.tsx";

export interface DialogProps {
	readonly rc: RequestContext;
	readonly id: string;
	readonly title: string;
	readonly children: ComponentChildren;
}

export const Dialog = ({ rc, id, title, children }: DialogProps) => (
	<dialog id={id} aria-labelledby={`${id}-title`}>
		<article>
			<header class="dialog-head">
				<h2 id={`${id}-title`}>{title}</h2>
				<button type="button" class="icon-button" data-closes-dialog aria-label={rc.t("app.close")}>
					<Icon name="close" />
				</button>
			</header>
			{children}
		</article>
	</dialog>
);

export interface ConfirmProps extends DialogProps {
	/** Where the answer is posted. */
	readonly action: string;
	/** The word on the button: the act itself, not "OK". */
	readonly verb: string;
	readonly danger?: boolean;
	/** Hidden values sent along. */
	readonly values?: Readonly<Record<string, string>>;
}

export const ConfirmDialog = ({
	rc,
	id,
	title,
	action,
	verb,
	danger,
	values = {},
	children,
}: ConfirmProps) => (
	<Dialog rc={rc} id={id} title={title}>
		{children}
		<form method="post" action={action} class="dialog-foot">
			{Object.entries(values).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			<button type="button" class="secondary" data-closes-dialog>
				{rc.t("app.cancel")}
			</button>
			<button type="submit" class={danger ? "danger" : undefined}>
				{verb}
			</button>
		</form>
	</Dialog>
);
