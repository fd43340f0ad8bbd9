/** Bringing a pack in by hand: an upload, or files put into a folder of the box. */
import type { SignedInContext } from "../../server/web/context.ts";
import { Card } from "../frame/page-header.tsx";

export const ImportCard = ({ rc, inbox }: { readonly rc: SignedInContext; readonly inbox: string }) => (
	<Card id="import" title={rc.t("packs.import.title")} lead={rc.t("packs.import.lead")}>
		<form method="post" action="/settings/net/upload" enctype="multipart/form-data">
			<div class="field">
				<label for="zip">{rc.t("packs.import.zip")}</label>
				<input id="zip" name="zip" type="file" required accept=".zip,application/zip" />
			</div>
			<div class="form-foot">
				<button type="submit">{rc.t("packs.import.upload")}</button>
			</div>
		</form>
		<form method="post" action="/settings/net/folder" class="inbox-form">
			<p>{rc.t("packs.import.folder")}</p>
			<p class="mono">{inbox}</p>
			<div class="form-foot">
				<button type="submit" class="secondary">
					{rc.t("packs.import.read_folder")}
				</button>
			</div>
		</form>
	</Card>
);
