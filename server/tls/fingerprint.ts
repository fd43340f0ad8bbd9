/** Fingerprints of certificates, for people to compare and for programs to pin. */
import { createHash } from "node:crypto";

/** SHA-256 of DER bytes as upper-case hex in sixteen groups of four, so that it fits one narrow screen in four lines. */
export const fingerprintOf = (der: Uint8Array): string =>
	createHash("sha256").update(der).digest("hex").toUpperCase().match(/.{4}/g)!.join(" ");

/** The pin of a public key as browsers take it: base64 of SHA-256 over the SubjectPublicKeyInfo (RFC 7469 §2.4). */
export const pinOf = (spki: Uint8Array): string => createHash("sha256").update(spki).digest("base64");
