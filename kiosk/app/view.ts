/** What every screen is given: the state, the translator, and one way to say what happened. */

import type { KioskEvent, KioskState } from "./state.ts";
import type { T } from "./texts.ts";

export interface View {
	readonly state: KioskState;
	readonly t: T;
	readonly send: (event: KioskEvent) => void;
}

/** The site's zone, or the device's before the first contact. */
export const zoneOf = ({ settings }: KioskState): string =>
	settings?.site.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
