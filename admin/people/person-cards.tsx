/** A person's cards: those in use, a field for typing or a reader at this computer, and tap to learn at a kiosk. */
import type { Card as CardRow } from "../../db/card.ts";
import type { LearnStatus } from "../../server/services/card-learning.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { dayOf } from "../../server/web/format.ts";
import { sayError } from "../../server/web/i18n.ts";
import { Notice } from "../frame/badge.tsx";
import { ConfirmDialog } from "../frame/dialog.tsx";
import { SelectField, TextField } from "../frame/form-field.tsx";
import { Icon } from "../frame/icons.tsx";
import { Card } from "../frame/page-header.tsx";
import { mayChange, type PersonPageProps } from "./person-view.ts";

export function CardSection(props: PersonPageProps) {
	const { rc, cards } = props;
	const inUse = cards.filter((card) => card.endedMs === null);
	const ended = cards.length - inUse.length;
	return (
		<Card id="cards" title={rc.t("people.cards")} lead={rc.t("people.cards.lead")}>
			{inUse.length === 0 && <p class="muted">{rc.t("people.cards.none")}</p>}
			<ul class="plain-list">
				{inUse.map((card) => (
					<CardLine key={card.id} {...props} card={card} />
				))}
			</ul>
			{ended > 0 && <p class="muted small">{rc.t("people.cards.ended", { count: ended })}</p>}
			{mayChange(rc) && (
				<>
					<TypedCard {...props} />
					<LearnPanel {...props} />
				</>
			)}
		</Card>
	);
}

const masked = (card: CardRow): string => `•••• ${card.tail}`;

const CardLine = ({ rc, person, card }: PersonPageProps & { readonly card: CardRow }) => (
	<li>
		<Icon name="key" />
		<span class="grow">
			<span class="mono">{masked(card)}</span>
			<small class="muted"> · {rc.t("people.cards.since", { date: dayOf(card.addedMs, rc) })}</small>
		</span>
		{mayChange(rc) && (
			<>
				<button
					type="button"
					class="icon-button"
					data-opens={`end-${card.id}`}
					aria-label={rc.t("people.cards.end", { card: card.tail })}
				>
					<Icon name="trash" />
				</button>
				<ConfirmDialog
					rc={rc}
					id={`end-${card.id}`}
					title={rc.t("people.cards.end", { card: card.tail })}
					action={`/people/${person.id}/cards/end`}
					values={{ cardId: card.id }}
					verb={rc.t("people.cards.end_verb")}
					danger
				>
					<p>{rc.t("people.cards.end_text")}</p>
				</ConfirmDialog>
			</>
		)}
	</li>
);

const TypedCard = ({ rc, person, errors }: PersonPageProps) => (
	<form method="post" action={`/people/${person.id}/cards`} class="inline-form">
		<TextField
			rc={rc}
			name="card"
			label={rc.t("people.cards.type")}
			hint={rc.t("people.cards.type_hint")}
			errors={errors}
			input={{ maxlength: 64, autocomplete: "off", spellcheck: false, "data-card-reader": true }}
		/>
		<button type="submit" class="secondary">
			{rc.t("people.cards.add")}
		</button>
	</form>
);

/** The part that polls: waiting with a countdown, then what came of it. */
export function LearnPanel(props: Pick<PersonPageProps, "rc" | "person" | "kiosks" | "learning" | "errors">) {
	const { rc, person, learning, kiosks } = props;
	if (learning.state === "waiting") return <Waiting {...props} learning={learning} />;
	if (kiosks.length === 0) return <p class="muted small">{rc.t("people.learn.no_kiosk")}</p>;
	return (
		<div id="learn">
			<LearnResult rc={rc} learning={learning} />
			<form method="post" action={`/people/${person.id}/cards/learn`} class="inline-form">
				<SelectField
					rc={rc}
					name="kioskId"
					label={rc.t("people.learn.label")}
					hint={rc.t("people.learn.hint")}
					errors={props.errors}
					choices={kiosks.map((kiosk) => ({ value: kiosk.id, label: kiosk.name }))}
				/>
				<button type="submit" class="secondary">
					{rc.t("people.learn.start")}
				</button>
			</form>
		</div>
	);
}

interface WaitingProps extends Pick<PersonPageProps, "rc" | "person" | "kiosks"> {
	readonly learning: Extract<LearnStatus, { state: "waiting" }>;
}

function Waiting({ rc, person, kiosks, learning }: WaitingProps) {
	const kiosk = kiosks.find(({ id }) => id === learning.kioskId)?.name ?? "";
	return (
		<div
			id="learn"
			class="learn-wait"
			hx-get={`/people/${person.id}/cards/learn`}
			hx-trigger="every 1s"
			hx-swap="outerHTML"
		>
			<Notice tone="wait">
				<strong>{rc.t("people.learn.waiting", { kiosk })}</strong>
				<p>{rc.t("people.learn.seconds", { seconds: learning.leftSec })}</p>
			</Notice>
			<form method="post" action={`/people/${person.id}/cards/learn/cancel`}>
				<button type="submit" class="secondary">
					{rc.t("app.cancel")}
				</button>
			</form>
		</div>
	);
}

function LearnResult({ rc, learning }: { readonly rc: SignedInContext; readonly learning: LearnStatus }) {
	if (learning.state === "learned")
		return <Notice tone="ok">{rc.t("people.learn.learned", { card: learning.tail })}</Notice>;
	if (learning.state === "refused") return <Notice tone="bad">{sayError(rc.t, learning.error)}</Notice>;
	if (learning.state === "expired") return <Notice tone="warn">{rc.t("people.learn.expired")}</Notice>;
	return null;
}
