/**
 * Reads the two fields of the box's own certificates that `node:crypto` does not hand out whole: alternative names and name
 * constraints (DER, X.690). The library that makes certificates could read them too, but loading it takes longer than the rest of
 * a start. Not for certificates of strangers: those go through `node:crypto` alone.
 */

interface Element {
	readonly tag: number;
	readonly body: Uint8Array;
}

const SEQUENCE = 0x30;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const PERMITTED = 0xa0;
/** Object identifiers as their DER bytes in hex: 2.5.29.17 and 2.5.29.30. */
const ALTERNATIVE_NAMES = "551d11";
const NAME_CONSTRAINTS = "551d1e";

/** The DNS names and addresses a certificate (DER) is for; empty without the extension. Throws on damaged bytes. */
export const alternativeNames = (der: Uint8Array): string[] =>
	elements(extension(der, ALTERNATIVE_NAMES)).map(nameText);

/** The DNS trees and, as `10.0.0.0/8`, the address ranges an authority (DER) is limited to. Throws on damaged bytes. */
export function permittedTrees(der: Uint8Array): { dns: string[]; ranges: string[] } {
	const permitted = elements(extension(der, NAME_CONSTRAINTS)).find(({ tag }) => tag === PERMITTED);
	const bases = permitted ? elements(permitted.body).map((tree) => elements(tree.body)[0]!) : [];
	const textsOf = (wanted: number) => bases.filter(({ tag }) => tag === wanted).map(nameText);
	return { dns: textsOf(DNS_NAME), ranges: textsOf(IP_ADDRESS) };
}

/** The elements of the sequence in an extension; no bytes when there is none. */
function extension(der: Uint8Array, identifier: string): Uint8Array {
	const fields = elements(inside(inside(der)));
	const list = fields.find(({ tag }) => tag === EXTENSIONS);
	for (const { body } of list ? elements(inside(list.body)) : []) {
		const parts = elements(body);
		if (Buffer.from(parts[0]!.body).toString("hex") === identifier) return inside(parts.at(-1)!.body);
	}
	return new Uint8Array();
}

/** What the one sequence at the start of `bytes` holds. */
function inside(bytes: Uint8Array): Uint8Array {
	const first = elements(bytes)[0];
	if (first?.tag !== SEQUENCE) throw new RangeError("DER: no sequence");
	return first.body;
}

function elements(bytes: Uint8Array): Element[] {
	const found: Element[] = [];
	for (let at = 0; at < bytes.length; ) {
		const { from, length } = lengthAt(bytes, at + 1);
		if (!(from + length <= bytes.length)) throw new RangeError("DER: cut off");
		found.push({ tag: bytes[at]!, body: bytes.subarray(from, from + length) });
		at = from + length;
	}
	return found;
}

/** Up to 127 the length is one byte; above, that byte counts the ones that follow. A certificate needs two. */
function lengthAt(bytes: Uint8Array, at: number): { from: number; length: number } {
	const first = bytes[at] ?? Number.NaN;
	if (first < 0x80) return { from: at + 1, length: first };
	if (first === 0x81) return { from: at + 2, length: bytes[at + 1] ?? Number.NaN };
	if (first !== 0x82) throw new RangeError("DER: no such length");
	return { from: at + 3, length: (bytes[at + 1]! << 8) | (bytes[at + 2] ?? Number.NaN) };
}

function nameText({ tag, body }: Element): string {
	if (tag !== IP_ADDRESS) return Buffer.from(body).toString("latin1");
	if (body.length === 4 || body.length === 16) return addressText(body);
	const half = body.length / 2;
	return `${addressText(body.subarray(0, half))}/${bitsOf(body.subarray(half))}`;
}

const bitsOf = (mask: Uint8Array): number =>
	[...mask].reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);

/** As the operating system writes it: IPv6 shortened (RFC 5952). */
function addressText(bytes: Uint8Array): string {
	if (bytes.length === 4) return bytes.join(".");
	const groups = Buffer.from(bytes).toString("hex").match(/.{4}/g)!;
	return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
