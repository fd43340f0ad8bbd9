/** What a net is called on the page. */

import type { NetView } from "../../server/services/face-nets.ts";
import { BUILT_IN } from "../../server/services/net-choice.ts";
import type { SignedInContext } from "../../server/web/context.ts";

export const isBuiltIn = (id: string): boolean => id === BUILT_IN;

export function netName(rc: SignedInContext, nets: readonly NetView[], id: string): string {
	if (isBuiltIn(id)) return rc.t("packs.built_in");
	return nets.find((net) => net.id === id)?.pack?.manifest?.name ?? rc.t("packs.unreadable");
}
