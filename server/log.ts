/** The log: one JSON line an event on standard output. Secrets, photos, templates, card numbers and names are cut out before writing. */
import pino, { type Logger } from "pino";

export type Log = Logger;

/** Field names that never reach the log, at the top or one level down. */
const SECRET_FIELDS = [
	"name",
	"pin",
	"password",
	"code",
	"token",
	"cookie",
	"secret",
	"jpeg",
	"photo",
	"descriptor",
	"template",
	"card",
	"body",
	"key",
];

export const makeLog = (level: string): Log =>
	pino({
		level,
		base: undefined,
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[cut]" },
	});
