/**
 * A certificate the owner brings along (a public one, or one of the company's authority), checked before it is served.
 * Knows nothing of files or of how the owner got it.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import * as tls from "node:tls";
import { type AppError, invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { certificateBlocks, keyBlock } from "./pem.ts";

export interface OwnCertificate {
	readonly chainPem: string;
	readonly keyPem: string;
	readonly names: readonly string[];
	readonly notAfterMs: number;
	/** The chain ends at an authority that browsers know: only then may HSTS be sent. */
	readonly publiclyTrusted: boolean;
}

/** A chain with keys and notes of some hosting panel is 20 kB at most. */
const MAX_PEM_CHARS = 100_000;

function parseChain(text: string): X509Certificate[] | undefined {
	try {
		return text.length > MAX_PEM_CHARS
			? undefined
			: certificateBlocks(text).map((pem) => new X509Certificate(pem));
	} catch {
		return undefined;
	}
}

function parseKey(text: string): KeyObject | undefined {
	try {
		const block = text.length > MAX_PEM_CHARS ? undefined : keyBlock(text);
		return block ? createPrivateKey(block) : undefined;
	} catch {
		return undefined;
	}
}

const isIssuedBy = (child: X509Certificate, parent: X509Certificate): boolean =>
	child.issuer === parent.subject && child.verify(parent.publicKey);

const isChain = (chain: readonly X509Certificate[]): boolean =>
	chain.every((one, i) => i === 0 || isIssuedBy(chain[i - 1]!, one));

function endsAtPublicRoot(chain: readonly X509Certificate[]): boolean {
	const last = chain.at(-1)!;
	return tls.rootCertificates.some((pem) => {
		const root = new X509Certificate(pem);
		return root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root);
	});
}

const covers = (leaf: X509Certificate, name: string): boolean =>
	(isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined;

/** `DNS:a, IP Address:1.2.3.4` as plain names. */
const namesOf = (leaf: X509Certificate): string[] =>
	(leaf.subjectAltName ?? "")
		.split(/,\s*/)
		.map((item) => /^(?:DNS|IP Address):(.+)$/.exec(item)?.[1] ?? "")
		.filter((name) => name !== "");

/** The first reason not to serve the chain, if any. */
function faultOf(
	chain: readonly X509Certificate[],
	key: KeyObject,
	needed: readonly string[],
	nowMs: number,
): AppError | undefined {
	const leaf = chain[0]!;
	if (!leaf.checkPrivateKey(key)) return invalid("tls.own_key_mismatch", "key");
	if (!isChain(chain)) return invalid("tls.own_chain_broken", "certificate");
	if (chain.some((one) => Date.parse(one.validTo) <= nowMs)) return invalid("tls.own_expired", "certificate");
	if (Date.parse(leaf.validFrom) > nowMs) return invalid("tls.own_not_yet_valid", "certificate");
	const missing = needed.find((name) => !covers(leaf, name));
	return missing === undefined
		? undefined
		: invalid("tls.own_name_missing", "certificate", { name: missing });
}

/**
 * Checks a PEM chain (leaf first) and its PEM key against the names under which the box must be reached.
 * Fails with `tls.own_*`, naming the field `certificate` or `key`.
 */
export function checkOwnCertificate(
	input: { readonly certificate: string; readonly key: string },
	needed: readonly string[],
	nowMs: number,
): Result<OwnCertificate> {
	const chain = parseChain(input.certificate);
	if (!chain || chain.length === 0) return fail(invalid("tls.own_certificate_unreadable", "certificate"));
	const key = parseKey(input.key);
	if (!key) return fail(invalid("tls.own_key_unreadable", "key"));
	const fault = faultOf(chain, key, needed, nowMs);
	if (fault) return fail(fault);
	return ok({
		chainPem: `${chain.map((one) => one.toString().trim()).join("\n")}\n`,
		keyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
		names: namesOf(chain[0]!),
		notAfterMs: Math.min(...chain.map((one) => Date.parse(one.validTo))),
		publiclyTrusted: endsAtPublicRoot(chain),
	});
}
