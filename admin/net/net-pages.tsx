/** Routes of the settings page "Recognition net": list, import, fetch, compare, switch, way back. */
import { Elysia } from "elysia";
import type { Db } from "../../db/store.ts";
import { type AppError, invalid } from "../../server/base/app-error.ts";
import type { Result } from "../../server/base/result.ts";
import type { FaceNets } from "../../server/services/face-nets.ts";
import type { NetSwitching } from "../../server/services/net-switching.ts";
import type { PackDownload } from "../../server/services/pack-download.ts";
import { byOf, type SignedInContext, signedIn } from "../../server/web/context.ts";
import { rawValue } from "../../server/web/forms.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { fragment, goTo, page } from "../../server/web/render.tsx";
import { statusOf } from "../../server/web/status.tsx";
import { DownloadProgress } from "./download-card.tsx";
import { JobCard } from "./job-card.tsx";
import { NetView } from "./net-view.tsx";

export interface NetPagesDeps {
	readonly store: Db;
	readonly faceNets: FaceNets;
	readonly netSwitching: NetSwitching;
	readonly packDownload: PackDownload;
}

const HOME = "/settings/net";

export const netPages = (deps: NetPagesDeps) => {
	const { faceNets: nets, netSwitching: switching, packDownload: download } = deps;
	return new Elysia({ name: "net" })
		.get(HOME, ({ request }) => show(deps, signedIn(request)))
		.get(`${HOME}/job`, ({ request }) => jobPart(deps, signedIn(request)))
		.get(`${HOME}/download`, ({ request }) => downloadPart(deps, signedIn(request)))
		.post(`${HOME}/upload`, ({ request, body }) => upload(deps, signedIn(request), body))
		.post(`${HOME}/folder`, async ({ request }) => {
			const rc = signedIn(request);
			return after(deps, rc, await nets.importInbox(byOf(rc)), "packs.imported");
		})
		.post(`${HOME}/download`, ({ request, body }) => {
			const rc = signedIn(request);
			return after(deps, rc, download.start(rawValue(body, "net"), byOf(rc)));
		})
		.post(`${HOME}/compare`, ({ request, body }) => start(deps, signedIn(request), body, "compare"))
		.post(`${HOME}/switch`, ({ request, body }) => start(deps, signedIn(request), body, "switch"))
		.post(`${HOME}/switch-anyway`, async ({ request }) => {
			const rc = signedIn(request);
			return after(deps, rc, await switching.switchAnyway(byOf(rc)));
		})
		.post(`${HOME}/cancel`, async ({ request }) => {
			const rc = signedIn(request);
			download.cancel();
			await switching.cancel(byOf(rc));
			return goTo(rc, HOME);
		})
		.post(`${HOME}/forget`, async ({ request }) => {
			const rc = signedIn(request);
			return after(deps, rc, await nets.forgetOthers(byOf(rc)), "packs.forgotten");
		})
		.post(`${HOME}/remove`, async ({ request, body }) => {
			const rc = signedIn(request);
			return after(deps, rc, await nets.remove(rawValue(body, "net"), byOf(rc)), "packs.removed");
		});
};

function show(deps: NetPagesDeps, rc: SignedInContext, error?: AppError): Response {
	const { faceNets: nets, netSwitching: switching, packDownload: download } = deps;
	const view = (
		<NetView
			rc={rc}
			nets={nets.list()}
			fault={nets.fault()}
			job={switching.job()}
			comparison={switching.comparison()}
			sources={download.sources}
			download={download.state()}
			inbox={nets.inboxPath()}
			error={error}
		/>
	);
	return page(rc, view, error ? statusOf(error) : 200);
}

function after(
	deps: NetPagesDeps,
	rc: SignedInContext,
	result: Result<unknown>,
	flash?: MessageKey,
): Response {
	return result.ok ? goTo(rc, HOME, { flash }) : show(deps, rc, result.error);
}

async function upload(deps: NetPagesDeps, rc: SignedInContext, body: unknown): Promise<Response> {
	const file = typeof body === "object" && body !== null && "zip" in body ? body.zip : undefined;
	if (!(file instanceof File) || file.size === 0) return show(deps, rc, invalid("packs.zip_missing", "zip"));
	return after(deps, rc, await deps.faceNets.importZip(await file.bytes(), byOf(rc)), "packs.imported");
}

async function start(
	deps: NetPagesDeps,
	rc: SignedInContext,
	body: unknown,
	goal: "compare" | "switch",
): Promise<Response> {
	return after(deps, rc, await deps.netSwitching.start(rawValue(body, "net"), goal, byOf(rc)));
}

/** Renewed once a second while the job runs; the whole page comes anew when it has ended. */
function jobPart({ netSwitching, faceNets }: NetPagesDeps, rc: SignedInContext): Response {
	const job = netSwitching.job();
	if (job?.state !== "running" || !rc.fragment) return goTo(rc, HOME);
	return fragment(<JobCard rc={rc} job={job} nets={faceNets.list()} />);
}

function downloadPart({ packDownload }: NetPagesDeps, rc: SignedInContext): Response {
	const state = packDownload.state();
	if (state.kind !== "running" || !rc.fragment) return goTo(rc, HOME);
	return fragment(<DownloadProgress rc={rc} state={state} />);
}
