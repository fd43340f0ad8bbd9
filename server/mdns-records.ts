/** The packets of multicast DNS for one host name: answers, announcements, probes, and who contradicts us. No socket. */
import type { Packet, Question, RecordType, StringAnswer } from "dns-packet";
import { isInRanges } from "./tls/ip-ranges.ts";
import type { LanAddress } from "./tls/lan-addresses.ts";

/** Seconds a host address may be cached (RFC 6762 §10). */
const HOST_TTL_SEC = 120;

/** Plain resolvers, Android's among them, ask from an odd port and must not cache for long (RFC 6762 §6.7). */
const LEGACY_TTL_SEC = 10;

/** The question for all types of record, which the typings of dns-packet lack. */
export const ANY = "ANY" as RecordType;

export type AddressAnswer = StringAnswer & { readonly flush?: boolean };

const isSame = (a: string, b: string): boolean =>
	a.replace(/\.$/, "").toLowerCase() === b.replace(/\.$/, "").toLowerCase();

/** Who asks: `link` is known for IPv6, whose sockets serve one link each. */
export interface Asker {
	readonly address: string;
	readonly link?: string;
}

/** An address that means something on its own link alone (RFC 4291 §2.5.6). */
const isLinkLocal = ({ address }: LanAddress): boolean => address.toLowerCase().startsWith("fe80:");

/** What may be said on a link; where the link is not known, link-local addresses only when there is a single one. */
export function addressesOn(link: string | undefined, addresses: readonly LanAddress[]): LanAddress[] {
	if (link !== undefined) return addresses.filter((one) => one.link === link);
	const isOnlyLink = new Set(addresses.map((one) => one.link)).size === 1;
	return addresses.filter((one) => isOnlyLink || !isLinkLocal(one));
}

/** The addresses an asker can reach: those of its own network when we share one, else all. */
export function addressesFor(asker: Asker, addresses: readonly LanAddress[]): LanAddress[] {
	if (asker.link !== undefined) return addressesOn(asker.link, addresses);
	const near = addresses.filter((one) => one.family === 4 && isInRanges(asker.address, [one.cidr]));
	if (near.length === 0) return addressesOn(undefined, addresses);
	const links = near.map((one) => one.link);
	const six = addresses.filter((one) => one.family === 6 && (links.includes(one.link) || !isLinkLocal(one)));
	return [...near, ...six];
}

/** Address records of `name`; a `ttl` of 0 takes them back. */
export const addressRecords = (
	name: string,
	addresses: readonly LanAddress[],
	ttl = HOST_TTL_SEC,
): AddressAnswer[] =>
	addresses.map(({ address, family }) => ({
		type: family === 4 ? "A" : "AAAA",
		name,
		ttl,
		class: "IN",
		flush: true,
		data: address,
	}));

/** The questions of a query that are ours to answer. */
export const questionsFor = (name: string, questions: readonly Question[]): Question[] =>
	questions.filter((question) => isSame(question.name, name) && ["A", "AAAA", ANY].includes(question.type));

/** Our answer to the questions of `asker`; undefined when none is for us. Carries both families, as §6.2 advises. */
export function answerTo(
	query: { readonly questions?: Question[] },
	name: string,
	addresses: readonly LanAddress[],
	asker: Asker,
): AddressAnswer[] | undefined {
	const ours = questionsFor(name, query.questions ?? []);
	return ours.length === 0 ? undefined : addressRecords(name, addressesFor(asker, addresses));
}

/** The same answer for a plain resolver: its id and question come back, the cache bit does not. */
export function legacyAnswer(
	query: { readonly id?: number; readonly questions?: Question[] },
	name: string,
	answers: readonly AddressAnswer[],
): Packet & { answers: AddressAnswer[] } {
	const questions = questionsFor(name, query.questions ?? []);
	const types = new Set(questions.map(({ type }) => type));
	const fitting = answers.filter(({ type }) => types.has(ANY) || types.has(type));
	return {
		id: query.id ?? 0,
		questions,
		answers: fitting.map(({ flush: _, ...answer }) => ({ ...answer, ttl: LEGACY_TTL_SEC })),
	};
}

/** The first address that someone else gives for our name; undefined when all of them are our own. */
export function contradiction(
	response: { readonly answers?: readonly { type: string; name?: string; data?: unknown; ttl?: number }[] },
	name: string,
	addresses: readonly LanAddress[],
): string | undefined {
	const own = new Set(addresses.map(({ address }) => address));
	const foreign = (response.answers ?? []).find(
		(answer) =>
			(answer.type === "A" || answer.type === "AAAA") &&
			isSame(answer.name ?? "", name) &&
			answer.ttl !== 0 &&
			!own.has(String(answer.data)) &&
			!String(answer.data).toLowerCase().startsWith("fe80:"),
	);
	return foreign && String(foreign.data);
}

/** `dianmao.local` → `dianmao-2.local` → `dianmao-3.local`. */
export function nextName(name: string): string {
	const label = name.replace(/\.local$/, "");
	const [, base = label, count = "1"] = /^(.*?)-(\d+)$/.exec(label) ?? [];
	return `${base}-${Number(count) + 1}.local`;
}
