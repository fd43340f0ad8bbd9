/** Enrolment by webcam: consent first, then a live picture that takes its own five frames. The script is `admin/client/enrol.ts`. */
import type { ConsentText } from "../../server/protocol/kiosk.ts";
import { MIN_FRAMES } from "../../server/services/enrolment.ts";
import { assetFolderUrl, assetUrl } from "../../server/web/assets.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayAndTime } from "../../server/web/format.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { Notice } from "../frame/badge.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import { cameraWords } from "./camera-words.ts";
import { ConsentStep } from "./consent-step.tsx";
import { faceCrumbs } from "./face-page.tsx";
import type { FaceFacts } from "./subject.ts";

export interface EnrolPageProps {
	readonly rc: SignedInContext;
	readonly facts: FaceFacts;
	/** The text to agree to, in the language chosen for the person. */
	readonly text: ConsentText;
	readonly errors?: FieldErrors;
}

/** What each pose is called. */
export const POSE_NAMES = {
	front: "enrol.pose.front",
	left: "enrol.pose.left",
	right: "enrol.pose.right",
} as const;

/** Three frontal ones suffice, so whoever cannot turn the head can stop there; a little to each side makes the template better. */
const POSES = ["front", "front", "front", "left", "right"] as const;

export function CameraPage({ rc, facts, text, errors }: EnrolPageProps) {
	const title = rc.t("enrol.camera.title", { name: facts.person.name });
	return (
		<Layout
			rc={rc}
			title={title}
			crumbs={faceCrumbs(rc, facts.person, rc.t("enrol.start"))}
			width={facts.consent ? "normal" : "narrow"}
			scripts={facts.consent ? ["admin/enrol.js"] : []}
		>
			<PageHeader title={title} lead={facts.consent ? rc.t("enrol.camera.lead") : undefined} />
			{facts.consent ? (
				<Camera rc={rc} facts={facts} />
			) : (
				<ConsentStep rc={rc} person={facts.person} text={text} next="enrol" errors={errors} />
			)}
		</Layout>
	);
}

const Camera = ({ rc, facts }: Pick<EnrolPageProps, "rc" | "facts">) => (
	<Card title={rc.t("enrol.camera.step")} lead={agreed(rc, facts)}>
		<noscript>
			<Notice tone="warn">{rc.t("enrol.camera.no_script")}</Notice>
		</noscript>
		<div
			id="enrol-camera"
			class="enrol-camera"
			data-words={JSON.stringify(cameraWords(rc.t))}
			data-poses={POSES.join(" ")}
			data-least={MIN_FRAMES}
			data-face-api={assetUrl("face-api.js")}
			data-models={assetFolderUrl("models")}
			data-wasm={assetFolderUrl("wasm")}
			data-post={`/people/${facts.person.id}/face/photos`}
			data-done={`/people/${facts.person.id}/face`}
		>
			<div class="enrol-view">
				<video aria-label={rc.t("enrol.camera.view")} muted playsInline />
				<div class="enrol-oval" aria-hidden="true" />
				<p class="enrol-advice" role="status" aria-live="polite">
					{rc.t("enrol.camera.starting")}
				</p>
			</div>
			<div class="enrol-side">
				<svg class="enrol-pose" viewBox="-4 0 108 14" aria-hidden="true">
					<rect class="track" x={0} y={5} width={100} height={4} rx={2} />
					<rect class="zone" x={0} y={2.5} width={0} height={9} rx={4.5} />
					<circle cx={50} cy={7} r={3.4} visibility="hidden" />
				</svg>
				<ol class="enrol-shots">
					{POSES.map((pose, index) => (
						<Shot key={index} rc={rc} index={index + 1} pose={pose} />
					))}
				</ol>
				<div class="enrol-result" role="alert" hidden />
				<OverrideForm rc={rc} />
				<div class="form-foot">
					<button type="button" class="secondary" data-retry hidden>
						{rc.t("enrol.camera.retry")}
					</button>
					<button type="button" data-save disabled>
						{rc.t("enrol.camera.save")}
					</button>
				</div>
			</div>
		</div>
	</Card>
);

const agreed = (rc: SignedInContext, { person, consent }: FaceFacts): string | undefined =>
	consent && rc.t("enrol.consent.in_force", { name: person.name, when: dayAndTime(consent.givenMs, rc) });

const Shot = ({ rc, index, pose }: { rc: SignedInContext; index: number; pose: (typeof POSES)[number] }) => (
	<li class="enrol-shot">
		<div class="enrol-frame">
			<img alt="" hidden />
			<span class="enrol-number" aria-hidden="true">
				{index}
			</span>
		</div>
		<small>{rc.t(POSE_NAMES[pose])}</small>
		<small class="enrol-verdict" />
		<button
			type="button"
			class="quiet"
			data-retake={index - 1}
			hidden
			aria-label={`${rc.t("enrol.camera.retake")}: ${rc.t("enrol.camera.shot", { index })}`}
		>
			{rc.t("enrol.camera.retake")}
		</button>
	</li>
);

/** Shown when the face is known under another number; the script fills in whose. */
const OverrideForm = ({ rc }: { rc: SignedInContext }) => (
	<div class="enrol-override" hidden>
		<Notice tone="warn">
			<strong>{rc.t("enrol.override.title")}</strong>
			<p data-override-text />
		</Notice>
		<label>
			{rc.t("enrol.override.reason")}
			<input type="text" name="reason" maxLength={200} autocomplete="off" />
		</label>
		<button type="button" class="danger-quiet" data-override>
			{rc.t("enrol.override.send")}
		</button>
	</div>
);
