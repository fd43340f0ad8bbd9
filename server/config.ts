/** Where the box keeps its data and on which ports it listens. Read once; nothing else looks at the environment. Policy lives in the database. */
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Lang } from "./base/translate.ts";

export interface Config {
	/** The one folder with database, keys and certificates. */
	readonly dataDir: string;
	/** Undefined: 443 when permitted, else 8443. */
	readonly httpsPort?: number;
	/** Undefined: 80 when permitted, else 8080. */
	readonly httpPort?: number;
	/** Address to bind; all by default, since kiosks come over the LAN. */
	readonly bind: string;
	/** Host names and addresses the box answers to besides its own, e.g. a name of the shop's router. */
	readonly hosts: readonly string[];
	/** Name announced by mDNS, without `.local`. */
	readonly mdnsName: string;
	readonly mdns: boolean;
	readonly hostName: string;
	/** The owner's own certificate chain and key (PEM files), instead of the box's authority. */
	readonly certFile?: string;
	readonly keyFile?: string;
	readonly logLevel: "debug" | "info" | "warn" | "error";
	/** Language of the terminal, as far as it says. */
	readonly consoleLang: Lang;
	/** A demo shop: a marked data folder that never mixes with real data. */
	readonly demo: boolean;
}

const OPTIONS = {
	data: { type: "string" },
	"https-port": { type: "string" },
	"http-port": { type: "string" },
	bind: { type: "string" },
	host: { type: "string", multiple: true },
	name: { type: "string" },
	"no-mdns": { type: "boolean" },
	cert: { type: "string" },
	key: { type: "string" },
	"log-level": { type: "string" },
} as const;

export type Env = Readonly<Record<string, string | undefined>>;

/** A value the person who started the program can mend; the message is printed as it is. */
export class ConfigError extends Error {}

/** Reads options, then environment (`DIANMAO_*`), then defaults. Throws `ConfigError`. */
export function readConfig(args: readonly string[], { env = process.env as Env, demo = false } = {}): Config {
	const values = parse(args);
	const pick = (option: keyof typeof values, variable: string): string | undefined => {
		const value = values[option];
		return typeof value === "string" ? value : env[variable];
	};
	return {
		dataDir: resolve(pick("data", "DIANMAO_DATA") ?? defaultDataDir(env, demo)),
		httpsPort: port(pick("https-port", "DIANMAO_HTTPS_PORT")),
		httpPort: port(pick("http-port", "DIANMAO_HTTP_PORT")),
		bind: pick("bind", "DIANMAO_BIND") ?? "0.0.0.0",
		hosts: [...(values.host ?? []), ...(env.DIANMAO_HOSTS?.split(",").filter(Boolean) ?? [])],
		mdnsName: pick("name", "DIANMAO_NAME") ?? "dianmao",
		mdns: !values["no-mdns"] && env.DIANMAO_MDNS !== "off",
		hostName: hostname(),
		certFile: pick("cert", "DIANMAO_CERT"),
		keyFile: pick("key", "DIANMAO_KEY"),
		logLevel: logLevel(pick("log-level", "DIANMAO_LOG")),
		consoleLang: env.LANG?.startsWith("en") ? "en" : "zh-CN",
		demo,
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
	} catch (error) {
		throw new ConfigError((error as Error).message);
	}
}

/** Beside the user's other data, never inside the checkout. */
function defaultDataDir(env: Env, demo: boolean): string {
	const base = env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
	return join(base, demo ? "dianmao-demo" : "dianmao");
}

function port(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new ConfigError(`not a port: ${text}`);
	return value;
}

function logLevel(text: string | undefined): Config["logLevel"] {
	const levels = ["debug", "info", "warn", "error"] as const;
	const level = levels.find((known) => known === (text ?? "info"));
	if (!level) throw new ConfigError(`not a log level: ${text}`);
	return level;
}
