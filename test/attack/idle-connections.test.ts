/**
 * Attack row A28 and bar 18: one cheap client of the network holds 2,000 connections to the door's port and says nothing.
 * Bun offers no cap per address and no say before the handshake; what bounds such a client is that Bun closes within about
 * 12 s whatever has not sent a whole request. Descriptors are the rest: `LimitNOFILE` in `docker/dianmao.service`.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { type BoxProcess, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";

const CONNECTIONS = 2_000;
/** So many handshakes at a time: the test shares the processor with the box. */
const AT_ONCE = 40;
const dataDir = mkdtempSync(join(tmpdir(), "dianmao-idle-"));
let seeded: SeededBox;
let box: BoxProcess;
beforeAll(async () => {
	seeded = await seedBox(dataDir, { kiosks: 1 });
	box = await startBox({ dataDir });
}, 30_000);
afterAll(async () => {
	await box?.kill();
	rmSync(dataDir, { recursive: true });
});

/** In turn: a bare connection, a silent handshake, and a request that never ends. Resolves when the box took it. */
function openIdle(index: number, onClose: () => void): Promise<Socket> {
	const where = { port: box.httpsPort, host: "127.0.0.1" };
	const isBare = index % 3 === 0;
	const socket = isBare ? connect(where) : connectTls({ ...where, rejectUnauthorized: false });
	socket.on("error", () => undefined);
	return new Promise((resolve, reject) => {
		socket.once("close", () => {
			onClose();
			reject(new Error("the box took no more connections"));
		});
		socket.once(isBare ? "connect" : "secureConnect", () => {
			if (index % 3 === 2) socket.write("GET /kiosk HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
			resolve(socket);
		});
	});
}

test(`punches pass while one client holds ${CONNECTIONS} idle connections, and the box lets go of them all`, async () => {
	let closed = 0;
	let allClosed = (): void => undefined;
	const gone = new Promise<void>((done) => {
		allClosed = done;
	});
	const count = () => ++closed === CONNECTIONS && allClosed();
	const load = startLoad({ url: `https://127.0.0.1:${box.httpsPort}`, seeded, pauseMs: 50 });
	for (let i = 0; i < CONNECTIONS; i += AT_ONCE)
		await Promise.all(Array.from({ length: AT_ONCE }, (_, j) => openIdle(i + j, count)));
	const held = CONNECTIONS - closed;
	const before = load.ackedIds.length;
	await gone;
	await load.stop();
	expect(held).toBeGreaterThan(CONNECTIONS * 0.9);
	expect(load.ackedIds.length - before).toBeGreaterThan(20);
	expect(load.faults).toEqual([]);
	const sorted = load.tookMs.toSorted((a, b) => a - b);
	expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThan(1_000);
}, 60_000);
