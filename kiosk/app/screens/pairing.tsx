/** A kiosk that is not (or no longer) in service: pairing, waiting for approval, paused, removed, and what prevents a start. */
import type { IconName } from "../icons.tsx";
import { PAIR_CODE_LENGTH } from "../limits.ts";
import type { Standing } from "../state.ts";
import { type KioskKey, sayCode } from "../texts.ts";
import type { View } from "../view.ts";
import { Keypad } from "./keypad.tsx";
import { Message } from "./notices.tsx";

export function Pairing({ state, t, send }: View) {
	const { pairCode, pairBusy, pairProblem } = state;
	const cells = Array.from(
		{ length: Math.max(PAIR_CODE_LENGTH, pairCode.length) },
		(_, i) => pairCode[i] ?? "",
	);
	return (
		<section class="full entry pairing">
			<div class="entry-words">
				<h1>{t("kiosk.pair.title")}</h1>
				<p>{t("kiosk.pair.text")}</p>
				<output class="code" aria-label={t("kiosk.pair.field")}>
					{cells.map((letter, i) => (
						<span key={`cell ${i + 1}`} class={i === pairCode.length ? "next" : ""}>
							{letter}
						</span>
					))}
				</output>
				<p class="problem" role="alert">
					{pairBusy ? t("kiosk.pair.busy") : pairProblem && sayCode(t, pairProblem)}
				</p>
			</div>
			<div class="entry-keys">
				<Keypad
					t={t}
					send={send}
					kind="code"
					enter={t("kiosk.pair.go")}
					ready={!pairBusy && pairCode.length >= PAIR_CODE_LENGTH}
				/>
			</div>
		</section>
	);
}

export function PendingApproval({ state, t }: View) {
	return (
		<Message icon="clock" title={t("kiosk.pair.pending_title")} text={t("kiosk.pair.pending_text")}>
			<p class="fingerprint">
				<small>{t("kiosk.pair.fingerprint")}</small>
				<b>{state.fingerprint}</b>
			</p>
		</Message>
	);
}

type Idle = Exclude<Standing, "active" | "unpaired" | "pending">;

const WORDS: Readonly<Record<Idle, readonly [IconName, KioskKey, KioskKey | undefined]>> = {
	starting: ["clock", "kiosk.standing.starting", undefined],
	insecure: ["lock", "kiosk.standing.insecure", "kiosk.standing.insecure_text"],
	no_storage: ["stop", "kiosk.standing.no_storage", "kiosk.standing.no_storage_text"],
	second_tab: ["note", "kiosk.standing.second_tab", "kiosk.standing.second_tab_text"],
	suspended: ["hold", "kiosk.standing.suspended", "kiosk.standing.suspended_text"],
	revoked: ["stop", "kiosk.standing.revoked", "kiosk.standing.revoked_text"],
};

export function OutOfService({
	standing,
	t,
	onPairAgain,
}: View & { standing: Idle; onPairAgain: () => void }) {
	const [icon, title, text] = WORDS[standing];
	return (
		<Message icon={icon} title={t(title)} text={text ? t(text) : ""}>
			{standing === "revoked" && (
				<button type="button" class="primary" onClick={onPairAgain}>
					{t("kiosk.standing.pair_again")}
				</button>
			)}
		</Message>
	);
}
