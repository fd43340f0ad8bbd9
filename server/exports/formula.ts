/**
 * Keeps text from becoming a formula when a spreadsheet opens a CSV: a leading `'` as OWASP advises (CWE-1236).
 * Reversible, so an export read back gives the same text.
 */

/** `= + - @`, their full-width twins, tab, CR, LF and NUL, after any quotes of our own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const RISKY = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\u0000]/;

/** Puts `'` before text that a spreadsheet might run, or that already looks escaped. */
export const escapeFormula = (text: string): string => (RISKY.test(text) ? `'${text}` : text);

/** Takes away the `'` that `escapeFormula` put there. */
export const unescapeFormula = (text: string): string =>
	text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text;
