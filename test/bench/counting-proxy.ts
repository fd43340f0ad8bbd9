/** A TCP proxy that counts the bytes the box sends. TLS passes through, so this is what really travels. */
import type { Socket } from "bun";

export interface CountingProxy {
	readonly port: number;
	readonly bytes: number;
	stop(): void;
}

interface Line {
	upstream?: Socket<unknown>;
	readonly waiting: Buffer[];
}

export function startCountingProxy(target: number): CountingProxy {
	const state = { bytes: 0 };
	const listener = Bun.listen<Line>({
		hostname: "127.0.0.1",
		port: 0,
		socket: {
			async open(client) {
				client.data = { waiting: [] };
				const upstream = await connectTo(target, client, state);
				client.data.upstream = upstream;
				for (const chunk of client.data.waiting) upstream.write(chunk);
			},
			data(client, chunk) {
				if (client.data.upstream) client.data.upstream.write(chunk);
				else client.data.waiting.push(Buffer.from(chunk));
			},
			close(client) {
				client.data.upstream?.end();
			},
			error() {},
		},
	});
	return {
		port: listener.port,
		get bytes() {
			return state.bytes;
		},
		stop: () => listener.stop(true),
	};
}

/** What the client does not take at once is kept, or a large file would lose its middle. */
const connectTo = (port: number, client: Socket<Line>, state: { bytes: number }) => {
	let rest: Buffer = Buffer.alloc(0);
	const push = (): void => {
		const taken = client.write(rest);
		rest = rest.subarray(Math.max(0, taken));
		if (rest.length > 0) setTimeout(push, 1);
	};
	return Bun.connect<unknown>({
		hostname: "127.0.0.1",
		port,
		socket: {
			data(_upstream, chunk) {
				state.bytes += chunk.length;
				const isIdle = rest.length === 0;
				rest = Buffer.concat([rest, chunk]);
				if (isIdle) push();
			},
			close() {
				client.end();
			},
			error() {},
		},
	});
};
