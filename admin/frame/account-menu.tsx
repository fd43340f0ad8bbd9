/** Who is signed in, with the account's page, language, appearance and the way out. Opens without script. */
import type { SignedInContext } from "../../server/web/context.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { LanguageChoice, ThemeChoice } from "./preferences.tsx";

export const AccountMenu = ({
	rc,
	place,
}: {
	readonly rc: SignedInContext;
	readonly place: "top" | "side";
}) => (
	<details class={`account-menu ${place}`} data-closes>
		<summary>
			<span class="sr-only">{rc.t("app.account", { name: rc.viewer.name })}</span>
			<Avatar name={rc.viewer.name} seed={rc.viewer.id} />
			<span class="account-name">
				<strong>{rc.viewer.name}</strong>
				<small>{rc.t(`app.role.${rc.viewer.role}`)}</small>
			</span>
			<Icon name="down" />
		</summary>
		<div class="account-panel">
			<a class="menu-item" href="/profile">
				<Icon name="account" />
				{rc.t("app.profile")}
			</a>
			<LanguageChoice rc={rc} />
			<ThemeChoice rc={rc} />
			<form method="post" action="/logout">
				<button type="submit" class="menu-item">
					<Icon name="out" />
					{rc.t("app.sign_out")}
				</button>
			</form>
		</div>
	</details>
);
