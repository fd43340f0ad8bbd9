/** The corner where short confirmations appear: one from the last redirect, more from scripts (`toast` event). */
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "./icons.tsx";

export const Toasts = ({ rc }: { readonly rc: RequestContext }) => (
	<div id="toasts" class="toasts" role="status" aria-live="polite">
		{rc.flash && (
			<p class="toast">
				<Icon name="ok" />
				{rc.t(rc.flash)}
			</p>
		)}
	</div>
);
