/** `dianmao health`: is the box of this data folder answering? For containers and supervisors. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { HEALTH_PATH } from "../web/plain-listener.ts";

const PORT_FILE = "http-port";
const PATIENCE_MS = 3_000;

/** Where a running box notes its plain port for this check. */
export const notePort = (dataDir: string, port: number): Promise<number> =>
	Bun.write(join(dataDir, PORT_FILE), String(port));

/** 0 when the box answers within three seconds, else 1. */
export async function checkHealth({ dataDir, httpPort }: Config): Promise<number> {
	const port = httpPort ?? Number(readOr(join(dataDir, PORT_FILE), "8080"));
	const url = `http://127.0.0.1:${port}${HEALTH_PATH}`;
	const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
	return response?.ok ? 0 : 1;
}

function readOr(path: string, fallback: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return fallback;
	}
}
