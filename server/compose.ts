/** Builds every service once, by hand, from an open box; `compose/` knows who needs whom. */
import { composeAccess } from "./compose/access.ts";
import { type ComposeOptions, composeBase } from "./compose/base.ts";
import { composeDoor } from "./compose/door.ts";
import { composeFaces } from "./compose/faces.ts";
import { composePeople } from "./compose/people.ts";
import { refreshTodayOnChange } from "./services/refresh-today.ts";

export type Services = Awaited<ReturnType<typeof compose>>;

/** Builds the services and wires their events. Starts nothing but the clock watch. */
export async function compose(options: ComposeOptions) {
	const base = composeBase(options);
	const access = composeAccess(base);
	const people = composePeople(base, access.hashing);
	const faces = composeFaces(base);
	const door = await composeDoor(base, people, faces);
	refreshTodayOnChange(base);
	base.bus.on("kiosk", ({ kioskId }) => door.kioskAuth.reload(kioskId));
	return { ...base, ...access, ...people, ...faces, ...door };
}
