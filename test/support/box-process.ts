/**
 * The real program as a process of its own: the checkout, or the binary named by `DIANMAO_PROGRAM`.
 * Starts, waits until HTTPS answers, kills. Says nothing about what the box does.
 */
import { join } from "node:path";
import { KIOSK_ROUTES } from "../../server/protocol/kiosk.ts";

const ROOT = join(import.meta.dir, "../..");

/** The command before its arguments. */
export const PROGRAM: readonly string[] = process.env.DIANMAO_PROGRAM
	? [process.env.DIANMAO_PROGRAM]
	: [process.execPath, join(ROOT, "server/main.ts")];

export interface BoxProcess {
	readonly httpsPort: number;
	readonly httpPort: number;
	/** From the spawn to the first answer over HTTPS. */
	readonly readyMs: number;
	readonly pid: number;
	/** Exit status; null after a signal. */
	readonly exited: Promise<number | null>;
	kill(signal?: NodeJS.Signals): Promise<void>;
	/** What it printed so far. */
	output(): string;
}

export interface BoxPlan {
	readonly dataDir: string;
	/** 0 or absent picks a free one. */
	readonly httpsPort?: number;
	readonly httpPort?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Put before the program, such as `faketime`. */
	readonly wrap?: readonly string[];
	readonly patienceMs?: number;
	/** Address to bind and to ask. */
	readonly host?: string;
	/** Announces itself on the network. */
	readonly mdns?: boolean;
}

/** Starts the box; rejects with its output when it ends or stays silent. */
export async function startBox(plan: BoxPlan): Promise<BoxProcess> {
	const startedMs = performance.now();
	const { child, output } = spawnBox(plan);
	const deadlineMs = startedMs + (plan.patienceMs ?? 20_000);
	let ports: { https: number; http: number } | undefined;
	while (!ports || !(await answers(plan.host ?? "127.0.0.1", ports.https))) {
		if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadlineMs) {
			child.kill("SIGKILL");
			throw new BoxDidNotStart(await child.exited, output());
		}
		ports = portsIn(output());
		if (!ports) await Bun.sleep(4);
	}
	const readyMs = performance.now() - startedMs;
	return {
		...{ httpsPort: ports.https, httpPort: ports.http, readyMs, pid: child.pid, output },
		exited: child.exited.then((code) => (child.signalCode ? null : code)),
		async kill(signal = "SIGKILL") {
			child.kill(signal);
			await child.exited;
		},
	};
}

/** The box ended before its door was open. */
export class BoxDidNotStart extends Error {
	constructor(
		readonly status: number,
		readonly output: string,
	) {
		super(`the box did not start (status ${status}): ${output}`);
	}
}

/** Runs the box until it ends by itself; for starts that must be refused. */
export async function runRefused(plan: BoxPlan): Promise<{ status: number; output: string; ms: number }> {
	const startedMs = performance.now();
	const { child, output } = spawnBox(plan);
	const timer = setTimeout(() => child.kill("SIGKILL"), plan.patienceMs ?? 20_000);
	const status = await child.exited;
	clearTimeout(timer);
	return { status, output: output(), ms: performance.now() - startedMs };
}

function spawnBox(plan: BoxPlan) {
	const { dataDir, httpsPort = 0, httpPort = 0, env, wrap = [], host = "127.0.0.1", mdns } = plan;
	const ports = ["--https-port", String(httpsPort), "--http-port", String(httpPort)];
	const flags = ["start", "--data", dataDir, ...ports, "--bind", host, "--log-level", "warn"];
	if (!mdns) flags.push("--no-mdns");
	const child = Bun.spawn([...wrap, ...PROGRAM, ...flags], {
		cwd: ROOT,
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let text = "";
	const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
		const decoder = new TextDecoder();
		for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
	};
	for (const stream of [child.stdout, child.stderr]) collect(stream).catch(() => undefined);
	return { child, output: () => text };
}

function portsIn(output: string): { https: number; http: number } | undefined {
	const https = /https:\/\/\S+?:(\d+)\//.exec(output)?.[1];
	const http = /http:\/\/\S+?:(\d+)\/trust/.exec(output)?.[1];
	return https && http ? { https: Number(https), http: Number(http) } : undefined;
}

/** TLS without checking the certificate: these rigs are about durability, the TLS tests about trust. */
export const ANY_CERTIFICATE = { rejectUnauthorized: false };

async function answers(host: string, port: number): Promise<boolean> {
	const url = `https://${host}:${port}${KIOSK_ROUTES.nonce}?kiosk=none`;
	const init = { tls: ANY_CERTIFICATE, signal: AbortSignal.timeout(2_000) } as RequestInit;
	return fetch(url, init).then(
		() => true,
		() => false,
	);
}

/** A port nobody uses at the moment. */
export function freePort(): number {
	const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
	const port = server.port!;
	void server.stop(true);
	return port;
}
