/** All routes of enrolment, in one list; the handlers are in the files beside it. */
import { Elysia } from "elysia";
import { batchCancel, batchJob, batchPage, batchStart, consentPrint } from "./batch-handlers.tsx";
import type { EnrolPagesDeps } from "./deps.ts";
import { cameraPage, consentGive, framesSubmit, uploadPage, uploadSubmit } from "./enrol-handlers.tsx";
import { facePage, faceWithdraw, photoShow } from "./face-handlers.tsx";
import { approveMany, approveOne, inboxPage, rejectOne } from "./inbox-handlers.tsx";

const raw = { parse: "none" } as const;

export const enrolRoutes = (deps: EnrolPagesDeps) =>
	new Elysia({ name: "enrol-pages" })
		.get("/people/:id/face", facePage(deps))
		.get("/people/:id/face/photos/:photoId", photoShow(deps))
		.post("/people/:id/face/withdraw", faceWithdraw(deps))
		.get("/people/:id/face/enrol", cameraPage(deps))
		.get("/people/:id/face/upload", uploadPage(deps))
		.post("/people/:id/face/consent", consentGive(deps))
		.post("/people/:id/face/photos", framesSubmit(deps))
		.post("/people/:id/face/upload", uploadSubmit(deps))
		.get("/enrolments", inboxPage(deps))
		.post("/enrolments/approve", approveMany(deps))
		.post("/enrolments/:id/approve", approveOne(deps))
		.post("/enrolments/:id/reject", rejectOne(deps))
		.get("/enrolments/batch", batchPage(deps))
		.post("/enrolments/batch", batchStart(deps), raw)
		.get("/enrolments/batch/:id", batchJob(deps))
		.post("/enrolments/batch/:id/cancel", batchCancel(deps))
		.get("/enrolments/consent", consentPrint(deps));
