/** How far long work is, in a bar and in words. */
import type { RequestContext } from "../../server/web/context.ts";

export interface ProgressBarProps {
	readonly rc: RequestContext;
	readonly label: string;
	readonly done: number;
	readonly total: number;
}

export const ProgressBar = ({ rc, label, done, total }: ProgressBarProps) => (
	<div class="progress-block">
		<div class="progress-text">
			<span>{label}</span>
			<span class="tabular muted">{rc.t("app.progress", { done, total })}</span>
		</div>
		<progress value={done} max={Math.max(1, total)} aria-label={label} />
	</div>
);
