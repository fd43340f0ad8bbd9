/** The consent text on paper, with lines to sign. The words are those of the screen; the version is printed below. */
import type { ConsentText } from "../../server/protocol/kiosk.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { translatorOf } from "../../server/web/i18n.ts";
import { Layout } from "../frame/layout.tsx";
import { ConsentArticle, Languages } from "./consent-step.tsx";

export function ConsentPrintPage({ rc, text }: { readonly rc: SignedInContext; readonly text: ConsentText }) {
	const say = translatorOf(text.lang);
	return (
		<Layout rc={rc} title={rc.t("enrol.batch.print")} width="narrow">
			<div class="actions no-print">
				<Languages rc={rc} current={text.lang} path="/enrolments/consent" />
				<button type="button" data-prints>
					{rc.t("app.print")}
				</button>
			</div>
			<div class="consent-paper" lang={text.lang}>
				<ConsentArticle text={text} />
				<dl class="signature">
					{(["name", "number", "date", "signature"] as const).map((line) => (
						<div key={line}>
							<dt>{say(SIGNATURE[line])}</dt>
							<dd />
						</div>
					))}
				</dl>
				<small class="muted">{say("enrol.paper.version", { version: text.version })}</small>
			</div>
		</Layout>
	);
}

const SIGNATURE = {
	name: "enrol.paper.name",
	number: "enrol.paper.number",
	date: "enrol.paper.date",
	signature: "enrol.paper.signature",
} as const;
