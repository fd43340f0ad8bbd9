/** Finds the blocks of a PEM text; judges nothing about their contents. */

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ((?:EC |RSA )?PRIVATE KEY)-----[\s\S]*?-----END \1-----/;

/** All certificates in their order; empty when there is none. */
export const certificateBlocks = (text: string): string[] => text.match(CERTIFICATE) ?? [];

/** The first private key that is not locked by a password. */
export const keyBlock = (text: string): string | undefined => PRIVATE_KEY.exec(text)?.[0];

/** One text for certificates and the key that belongs to them, stored together. */
export const joinPair = (certificates: readonly string[], keyPem: string): string =>
	`${[...certificates, keyPem].map((pem) => pem.trim()).join("\n")}\n`;
