/** Enrolment from one to five portrait files; works without any script. */
import type { PhotoVerdict } from "../../server/services/enrolment-photos.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Badge, Notice } from "../frame/badge.tsx";
import { TextField } from "../frame/form-field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Card, PageHeader } from "../frame/page-header.tsx";
import type { EnrolPageProps } from "./camera-page.tsx";
import { ConsentStep } from "./consent-step.tsx";
import { faceCrumbs } from "./face-page.tsx";

export interface UploadPageProps extends EnrolPageProps {
	/** What became of the last try. */
	readonly refused?: UploadRefusal;
}

export interface UploadRefusal {
	readonly message: string;
	readonly verdicts: readonly PhotoVerdict[];
	/** Whose the face is, when it is enrolled under another number. */
	readonly sameAs?: { readonly name: string; readonly number: string };
}

export function UploadPage(props: UploadPageProps) {
	const { rc, facts, text, errors, refused } = props;
	const { person } = facts;
	const title = rc.t("enrol.upload.title", { name: person.name });
	return (
		<Layout rc={rc} title={title} crumbs={faceCrumbs(rc, person, rc.t("enrol.upload"))} width="narrow">
			<PageHeader title={title} lead={facts.consent ? rc.t("enrol.upload.lead") : undefined} />
			{refused && <Refusal rc={rc} refused={refused} />}
			{facts.consent ? (
				<UploadForm {...props} />
			) : (
				<ConsentStep rc={rc} person={person} text={text} next="upload" errors={errors} />
			)}
		</Layout>
	);
}

const Refusal = ({ rc, refused }: { rc: UploadPageProps["rc"]; refused: UploadRefusal }) => (
	<Notice tone="bad">
		<strong>{rc.t("enrol.result.title")}</strong>
		<p>{refused.message}</p>
		{refused.verdicts.length > 1 && (
			<ul class="verdicts">
				{refused.verdicts.map((verdict, index) => (
					<li key={index}>
						<strong>{rc.t("enrol.result.photo", { index: index + 1 })}</strong>{" "}
						{verdict.ok ? (
							<Badge tone="ok">{rc.t("enrol.camera.photo_ok")}</Badge>
						) : (
							sayError(rc.t, verdict.error)
						)}
					</li>
				))}
			</ul>
		)}
	</Notice>
);

const UploadForm = ({ rc, facts: { person }, errors, refused }: UploadPageProps) => (
	<Card>
		<form method="post" action={`/people/${person.id}/face/upload`} encType="multipart/form-data">
			<TextField
				rc={rc}
				name="photos"
				label={rc.t("enrol.upload.files")}
				hint={rc.t("enrol.upload.files_hint")}
				errors={errors}
				input={{ type: "file", multiple: true, accept: "image/jpeg,image/png,image/webp" }}
			/>
			{refused?.sameAs && (
				<>
					<Notice tone="warn">{rc.t("enrol.override.text", refused.sameAs)}</Notice>
					<TextField
						rc={rc}
						name="reason"
						label={rc.t("enrol.override.reason")}
						optional
						input={{ maxlength: 200 }}
					/>
				</>
			)}
			<div class="form-foot">
				<a class="button secondary" href={`/people/${person.id}/face`}>
					{rc.t("app.cancel")}
				</a>
				<button type="submit">{rc.t("enrol.upload.send")}</button>
			</div>
		</form>
	</Card>
);
