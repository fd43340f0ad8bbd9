/** The consent text in the language of the person, with an unticked box; asked before any photo. */
import type { Employee } from "../../db/employee.ts";
import type { ConsentText } from "../../server/protocol/kiosk.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import type { FieldErrors } from "../../server/web/forms.ts";
import { type T, translatorOf } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { TickField } from "../frame/form-field.tsx";
import { Card } from "../frame/page-header.tsx";

export interface ConsentStepProps {
	readonly rc: SignedInContext;
	readonly person: Employee;
	readonly text: ConsentText;
	/** The page that comes after: `enrol` or `upload`. */
	readonly next: "enrol" | "upload";
	readonly errors?: FieldErrors;
}

export const ConsentStep = (props: ConsentStepProps) => {
	const { rc, person, text, next } = props;
	return (
		<Card
			title={rc.t("enrol.consent.step")}
			actions={<Languages rc={rc} current={text.lang} path={`/people/${person.id}/face/${next}`} />}
		>
			<Notice tone="info">{rc.t("enrol.consent.hand_over", { name: person.name })}</Notice>
			<ConsentArticle text={text} />
			<AgreeForm {...props} />
		</Card>
	);
};

/** The text itself: on screen, and alone on paper. */
export const ConsentArticle = ({ text }: { readonly text: ConsentText }) => (
	<article class="consent-text" lang={text.lang}>
		<h2>{text.title}</h2>
		{text.paragraphs.map((paragraph) => (
			<Paragraph key={paragraph} text={paragraph} />
		))}
	</article>
);

/** What comes before the first colon or full stop names the point. */
const Paragraph = ({ text }: { readonly text: string }) => {
	const end = /[:.\uff1a]/.exec(text)?.index ?? -1;
	return (
		<p>
			<strong>{text.slice(0, end + 1)}</strong>
			{text.slice(end + 1)}
		</p>
	);
};

/** Switches the text, not the page around it. */
export const Languages = (props: {
	readonly rc: SignedInContext;
	readonly current: string;
	readonly path: string;
}) => (
	<nav class="segments-links" aria-label={props.rc.t("enrol.consent.language")}>
		{(["zh-CN", "en"] as const).map((lang) => (
			<a
				key={lang}
				href={`${props.path}?lang=${lang}`}
				lang={lang}
				aria-current={lang === props.current ? "true" : undefined}
			>
				{props.rc.t(`app.language.${lang}`)}
			</a>
		))}
	</nav>
);

type AgreeProps = ConsentStepProps & { readonly say?: T };

/** In the language of the text: this part is for the person, not for the administrator. */
const AgreeForm = ({ rc, person, text, next, errors, say = translatorOf(text.lang) }: AgreeProps) => (
	<form lang={text.lang} method="post" action={`/people/${person.id}/face/consent`} class="consent-form">
		<input type="hidden" name="version" value={text.version} />
		<input type="hidden" name="lang" value={text.lang} />
		<input type="hidden" name="next" value={next} />
		<TickField rc={rc} name="agree" label={say("enrol.consent.agree")} errors={errors} />
		<TickField rc={rc} name="paper" label={say("enrol.consent.paper")} />
		<div class="form-foot">
			<a class="button secondary" href={`/people/${person.id}/face`}>
				{say("enrol.consent.refuse")}
			</a>
			<button type="submit">{say("enrol.consent.go")}</button>
		</div>
	</form>
);
