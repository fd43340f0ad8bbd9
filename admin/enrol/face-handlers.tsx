/** Handlers of one person's face: the part and the page, the photos, the withdrawal. */
import { byOf } from "../../server/web/context.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { failed } from "../../server/web/status.tsx";
import { showPerson, withPerson } from "./call.ts";
import type { EnrolPagesDeps } from "./deps.ts";
import { FaceCard } from "./face-card.tsx";
import { FacePage } from "./face-page.tsx";
import { recorderName } from "./subject.ts";

/** htmx gets the card for the person's page, a browser the whole page. */
export const facePage = (deps: EnrolPagesDeps) =>
	showPerson(deps, ({ rc, facts }) => {
		if (rc.fragment) return fragment(<FaceCard rc={rc} facts={facts()} />);
		const nameOf = (id: string) => recorderName(deps.store, rc, id);
		return page(rc, <FacePage rc={rc} facts={facts()} nameOf={nameOf} />);
	});

const PHOTO_HEADERS = {
	"content-type": "image/jpeg",
	"cache-control": "no-store",
	"content-disposition": "inline; filename=photo.jpg",
	"x-content-type-options": "nosniff",
};

export const photoShow = (deps: EnrolPagesDeps) =>
	withPerson(deps, async ({ rc, person }, { request, params }) => {
		const jpeg = await deps.photos.open(person.id, params.photoId ?? "", byOf(rc));
		return jpeg.ok ? new Response(jpeg.value, { headers: PHOTO_HEADERS }) : failed(request, jpeg.error);
	});

export const faceWithdraw = (deps: EnrolPagesDeps) =>
	withPerson(deps, async ({ rc, person }, { request }) => {
		const erased = await deps.withdrawal.withdrawFace(person.id, byOf(rc));
		if (!erased.ok) return failed(request, erased.error);
		return goTo(rc, `/people/${person.id}/face`, { flash: "enrol.withdraw.done" });
	});
