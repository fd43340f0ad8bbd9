/** The commands of `dianmao`, one line each. What they do lives elsewhere. */
import { version } from "../package.json";
import { ConfigError, readConfig } from "./config.ts";
import { say } from "./start/console-text.ts";
import { exportLedger } from "./start/export-ledger.ts";
import { checkHealth } from "./start/health.ts";
import { StartError } from "./start/start-error.ts";
import { startForever } from "./start/start-forever.ts";

/** Runs one command and returns the exit status; `start` and `demo` return when the box was told to stop. */
export async function runCommand(args: readonly string[]): Promise<number> {
	const [first = "start", ...rest] = args[0]?.startsWith("-") ? ["start", ...args] : args;
	try {
		switch (first) {
			case "start":
				return await startForever(readConfig(rest));
			case "demo":
				return await startForever(readConfig(rest, { demo: true }));
			case "health":
				return await checkHealth(readConfig(rest));
			case "export-ledger":
				return await exportLedger(readConfig(rest));
			case "version":
				return print(version);
			case "help":
				return print(say("start.help"));
			default:
				return print(say("start.unknown_command", { command: first }), 64);
		}
	} catch (error) {
		if (error instanceof ConfigError) return print(error.message, 64);
		if (error instanceof StartError) return print(say(`start.${error.reason}`, error.vars), 78);
		throw error;
	}
}

function print(text: string, status = 0): number {
	console.log(text);
	return status;
}
