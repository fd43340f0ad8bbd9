/** A demo shop as a process of its own: thirty people and a month of punches, for tests and pictures that look at every page. */
import { join } from "node:path";
import { freePort, PROGRAM } from "../../support/box-process.ts";

const ROOT = join(import.meta.dir, "../../..");
/** Filling a month on a busy machine. */
const PATIENCE_MS = 60_000;

export interface DemoShop {
	readonly origin: string;
	readonly dataDir: string;
	/** Signs the owner in. */
	readonly officeLink: string;
	/** Opens the door page with a fresh pairing code. */
	readonly doorLink: string;
	/** Of one person who may punch by PIN. */
	readonly pin: { readonly number: string; readonly pin: string };
	stop(): Promise<void>;
}

/** Starts a shop in a new folder; rejects with its output when it does not come up. */
export async function openDemoShop(dataDir: string): Promise<DemoShop> {
	const ports = ["--https-port", String(freePort()), "--http-port", String(freePort())];
	const child = Bun.spawn(
		[...PROGRAM, "demo", "--data", dataDir, ...ports, "--bind", "127.0.0.1", "--no-mdns"],
		{
			cwd: ROOT,
			stdio: ["ignore", "pipe", "pipe"],
		},
	);
	const stop = async () => {
		child.kill();
		await child.exited;
	};
	const output = await readUntil(child.stdout, /demo\/door\?key=\S+[\s\S]*\d+ \/ \d+/);
	const find = (pattern: RegExp) => pattern.exec(output)?.slice(1) ?? [];
	const [officeLink] = find(/(https:\/\/\S+\/demo\?key=\S+)/);
	const [doorLink] = find(/(https:\/\/\S+\/demo\/door\?key=\S+)/);
	const [number, pin] = find(/(\d+) \/ (\d+)/);
	if (officeLink && doorLink && number && pin)
		return { origin: new URL(officeLink).origin, dataDir, officeLink, doorLink, pin: { number, pin }, stop };
	await stop();
	throw new Error(`no demo shop: ${output}${await new Response(child.stderr).text()}`);
}

async function readUntil(stream: ReadableStream<Uint8Array<ArrayBuffer>>, wanted: RegExp): Promise<string> {
	const reader = stream.getReader();
	const decoder = new TextDecoder();
	const timer = setTimeout(() => void reader.cancel(), PATIENCE_MS);
	let text = "";
	while (!wanted.test(text)) {
		const { done, value } = await reader.read();
		if (done) break;
		text += decoder.decode(value, { stream: true });
	}
	clearTimeout(timer);
	void drain(reader);
	return text;
}

/** The log goes on; a full pipe would stop the box. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<void> {
	while (!(await reader.read()).done);
}
