/** Recovery codes while they are shown: to print, to copy, to save as a file. */
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "../frame/icons.tsx";

export const RecoveryCodes = ({
	rc,
	codes,
}: {
	readonly rc: RequestContext;
	readonly codes: readonly string[];
}) => (
	<>
		<ol id="codes" class="codes mono">
			{codes.map((code) => (
				<li key={code}>{code}</li>
			))}
		</ol>
		<div class="actions no-print">
			<button type="button" class="secondary" data-prints>
				<Icon name="print" />
				{rc.t("app.print")}
			</button>
			<button type="button" class="secondary" data-copies="codes">
				<Icon name="copy" />
				{rc.t("app.copy")}
			</button>
			<button type="button" class="secondary" data-saves="codes" data-file={rc.t("setup.recovery.file")}>
				<Icon name="download" />
				{rc.t("app.download")}
			</button>
		</div>
	</>
);
