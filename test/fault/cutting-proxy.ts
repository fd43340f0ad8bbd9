/** A TCP proxy that lets requests through and cuts the line before the answer, when told to. Bytes only; TLS passes through untouched. */
import type { Socket } from "bun";

export interface CuttingProxy {
	readonly port: number;
	/** From now on the first bytes the box sends after a request are dropped and the line is cut, `times` times. */
	cutAnswers(times: number): void;
	/** Answers lost so far. */
	readonly lost: number;
	stop(): void;
}

interface Line {
	upstream?: Socket<unknown>;
	waiting: Buffer[];
	/** The client has sent application data since the box last spoke. */
	asked: boolean;
	answers: number;
}

/** A TLS record of this type carries a request or an answer (RFC 8446 §5.1). */
const APPLICATION_DATA = 23;

export function startCuttingProxy(target: number): CuttingProxy {
	const state = { left: 0, lost: 0 };
	const listener = Bun.listen<Line>({
		hostname: "127.0.0.1",
		port: 0,
		socket: {
			async open(client) {
				client.data = { waiting: [], asked: false, answers: 0 };
				client.data.upstream = await connectTo(target, client, state);
				for (const chunk of client.data.waiting) client.data.upstream.write(chunk);
			},
			data(client, chunk) {
				const line = client.data;
				if (chunk[0] === APPLICATION_DATA && chunk.length > 200) line.asked = true;
				if (line.upstream) line.upstream.write(chunk);
				else line.waiting.push(Buffer.from(chunk));
			},
			close(client) {
				client.data.upstream?.end();
			},
			error() {},
		},
	});
	return {
		port: listener.port,
		cutAnswers(times) {
			state.left = times;
		},
		get lost() {
			return state.lost;
		},
		stop: () => listener.stop(true),
	};
}

const connectTo = (port: number, client: Socket<Line>, state: { left: number; lost: number }) =>
	Bun.connect<unknown>({
		hostname: "127.0.0.1",
		port,
		socket: {
			data(upstream, chunk) {
				// Session tickets come first on a new line; an answer is what follows a request.
				if (client.data.asked && chunk.length > 600 && state.left > 0) {
					state.left -= 1;
					state.lost += 1;
					client.terminate();
					upstream.end();
					return;
				}
				client.write(chunk);
			},
			close() {
				client.end();
			},
			error() {},
		},
	});
