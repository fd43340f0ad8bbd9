/** What stands well or badly about the network, as codes with values: one finding per link, one for the name, the rest for the certificate. Pure. */
import type { AppError } from "../../server/base/app-error.ts";
import { DAY_MS } from "../../server/base/units.ts";
import type { CertificateFacts, NameFacts, NetworkFacts, NetworkLink } from "../../server/web/network.ts";
import type { Tone } from "../frame/badge.tsx";

/** Its sentence is `settings.network.<code>`, what to do next `settings.network.<code>.next` unless all is well. */
export interface NetworkFinding {
	readonly code: FindingCode;
	readonly tone: Tone;
	readonly vars: Readonly<Record<string, string | number>>;
	/** An end of validity, for the page to write as a date under `{date}`. */
	readonly endsMs?: number;
	/** Why the owner's certificate is refused. */
	readonly problem?: AppError;
}

export type FindingCode =
	| "no_link"
	| "link_up"
	| "link_down"
	| "link_no_address"
	| "name_announced"
	| "name_other"
	| "name_waiting"
	| "name_contested"
	| "name_off"
	| "ca_well"
	| "ca_late"
	| "ca_ending"
	| "own_well"
	| "own_ending"
	| "own_refused"
	| "left_out";

/** The box renews its own certificate a month before the end: a week before it something is wrong. */
const CA_LATE_MS = 7 * DAY_MS;
/** Every device has to be trusted anew when the authority ends. */
const AUTHORITY_ENDING_MS = 180 * DAY_MS;
/** A company takes its time to issue a new one. */
const OWN_ENDING_MS = 30 * DAY_MS;
const WANTED_NAME = "dianmao.local";

export const networkFindings = (facts: NetworkFacts, nowMs: number): NetworkFinding[] => [
	...linkFindings(facts.links),
	nameFinding(facts.name),
	...certificateFindings(facts.certificate, nowMs),
];

function linkFindings(links: readonly NetworkLink[]): NetworkFinding[] {
	if (!links.some(({ isUp, addresses }) => isUp && addresses.length > 0))
		return [{ code: "no_link", tone: "bad", vars: {} }, ...links.map(linkFinding)];
	return links.map(linkFinding);
}

/** A second card without a cable is usual; with one and no address something is wrong. */
function linkFinding({ link, isUp, addresses }: NetworkLink): NetworkFinding {
	if (!isUp) return { code: "link_down", tone: "quiet", vars: { link } };
	if (addresses.length === 0) return { code: "link_no_address", tone: "warn", vars: { link } };
	return { code: "link_up", tone: "ok", vars: { link, addresses: addresses.join(", ") } };
}

function nameFinding({ name, phase, rival }: NameFacts): NetworkFinding {
	const vars = { name, rival: rival ?? "" };
	switch (phase) {
		case "announced":
			return name === WANTED_NAME
				? { code: "name_announced", tone: "ok", vars }
				: { code: "name_other", tone: "info", vars };
		case "contested":
			return { code: "name_contested", tone: "bad", vars };
		case "off":
		case "stopped":
			return { code: "name_off", tone: "info", vars };
		default:
			return { code: "name_waiting", tone: "wait", vars };
	}
}

function certificateFindings(facts: CertificateFacts, nowMs: number): NetworkFinding[] {
	const { source, endsMs, leftOut, problem } = facts;
	const found = source === "own-certificate" ? ownFindings(endsMs, nowMs) : authorityFindings(facts, nowMs);
	if (problem) found.unshift({ code: "own_refused", tone: "bad", vars: {}, problem });
	if (leftOut.length > 0) found.push({ code: "left_out", tone: "warn", vars: { names: leftOut.join(", ") } });
	return found;
}

const daysLeft = (endsMs: number, nowMs: number): number =>
	Math.max(0, Math.floor((endsMs - nowMs) / DAY_MS));

function ownFindings(endsMs: number, nowMs: number): NetworkFinding[] {
	const days = daysLeft(endsMs, nowMs);
	if (endsMs - nowMs >= OWN_ENDING_MS) return [{ code: "own_well", tone: "ok", vars: { days }, endsMs }];
	return [{ code: "own_ending", tone: days < 7 ? "bad" : "warn", vars: { days }, endsMs }];
}

function authorityFindings({ endsMs, authorityEndsMs }: CertificateFacts, nowMs: number): NetworkFinding[] {
	const days = daysLeft(endsMs, nowMs);
	const isLate = endsMs - nowMs < CA_LATE_MS;
	const served: NetworkFinding = isLate
		? { code: "ca_late", tone: "bad", vars: { days }, endsMs }
		: { code: "ca_well", tone: "ok", vars: { days }, endsMs };
	if (authorityEndsMs - nowMs >= AUTHORITY_ENDING_MS) return [served];
	const left = { days: daysLeft(authorityEndsMs, nowMs) };
	return [served, { code: "ca_ending", tone: "warn", vars: left, endsMs: authorityEndsMs }];
}
