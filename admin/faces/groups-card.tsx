/** Honest words about whom the net in force serves worse. The figures are those of `docs/faces.md`, measured with this project's own code. */
import { FACE_API_RECOGNISER, type Recogniser } from "../../server/recognition/model.ts";
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Card } from "../frame/page-header.tsx";

export const GroupsCard = ({ rc, recogniser }: { rc: SignedInContext; recogniser: Recogniser }) => {
	const { t } = rc;
	const isBuiltIn = recogniser.modelId === FACE_API_RECOGNISER.modelId;
	return (
		<Card id="groups" title={t("faces.groups")}>
			<p>{t(isBuiltIn ? "faces.groups.built_in" : "faces.groups.pack")}</p>
			<p class="muted">{t("faces.groups.limits")}</p>
			{isBuiltIn && mayUse(rc.viewer.role, "GET", "/settings/net") && (
				<p>
					<a href="/settings/net">{t("faces.groups.better")}</a>
				</p>
			)}
		</Card>
	);
};
