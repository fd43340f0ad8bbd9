/**
 * Ten minutes of use in a network of its own: box and kiosks in a namespace that has a LAN, a gateway and nothing else, with every
 * packet captured on the gateway's side (TRUST A37). Any packet whose other end lies outside the LAN is a break; so is any name asked
 * of a DNS server. `--minutes=N` changes the time; needs root, ip, tcpdump.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BoxDidNotStart, startBox } from "../support/box-process.ts";
import { startLoad } from "../support/punch-load.ts";
import { type SeededBox, seedBox } from "../support/seeded-box.ts";

const SPACE = `dianmao-${process.pid}`;
/** Of its own for each run, so that two never share a route. */
const NET = `10.99.${process.pid % 250}`;
const [LAN, BOX_IP, GATEWAY_IP] = [`${NET}.0/24`, `${NET}.2`, `${NET}.1`];
const flag = (name: string, fallback: number): number =>
	Number(process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);

function whyNot(): string | undefined {
	if (process.platform !== "linux") return "network namespaces are a thing of Linux";
	if (process.getuid?.() !== 0) return "a network namespace needs root";
	const missing = ["ip", "tcpdump"].find((tool) => !Bun.which(tool));
	return missing && `${missing} is not installed`;
}

function run(...command: string[]): string {
	const done = Bun.spawnSync(command, { stdio: ["ignore", "pipe", "pipe"] });
	if (done.exitCode !== 0) throw new Error(`${command.join(" ")}: ${done.stderr}`);
	return done.stdout.toString();
}

const inside = (...command: string[]): string[] => ["ip", "netns", "exec", SPACE, ...command];
/** Interface names hold 15 characters. */
const [OUTER, INNER] = [`dmo${process.pid % 100_000}`, `dmi${process.pid % 100_000}`];

/** A LAN with a default route, so that nothing fails for want of a way out. */
function makeNetwork(): void {
	run("ip", "netns", "add", SPACE);
	run("ip", "link", "add", OUTER, "type", "veth", "peer", "name", INNER, "netns", SPACE);
	run("ip", "address", "add", `${GATEWAY_IP}/24`, "dev", OUTER);
	run("ip", "link", "set", OUTER, "up");
	run(...inside("ip", "link", "set", "lo", "up"));
	run(...inside("ip", "address", "add", `${BOX_IP}/24`, "dev", INNER));
	run(...inside("ip", "link", "set", INNER, "up"));
	run(...inside("ip", "route", "add", "default", "via", GATEWAY_IP));
}

/** Packets of a capture that match, one line each. */
const packets = (capture: string, filter: string): string[] =>
	run("tcpdump", "-nn", "-r", capture, filter).split("\n").filter(Boolean);

/** Everything but the LAN itself, its broadcast, and multicast that no router passes on (mDNS, IGMP, neighbour discovery). */
const FOREIGN = `(ip and not (src net ${LAN} and (dst net ${LAN} or dst net 224.0.0.0/24))) or (ip6 and not (src net fe80::/10 or src host ::) ) or (ip6 and not (dst net fe80::/10 or dst net ff02::/16))`;

const why = whyNot();
if (why) {
	console.log(`!! SKIPPED: nothing can be captured here, ${why}`);
	process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "dianmao-egress-"));
const capture = join(folder, "capture.pcap");
let status = 1;
try {
	const dataDir = join(folder, "data");
	const seeded = await seedBox(dataDir, { kiosks: 3, extras: 100 });
	makeNetwork();
	const tap = Bun.spawn(["tcpdump", "-i", OUTER, "-U", "-Z", "root", "-w", capture], {
		stdio: ["ignore", "ignore", "ignore"],
	});
	await Bun.sleep(500);
	status = await useBox(dataDir, seeded);
	tap.kill("SIGINT");
	await tap.exited;
	const all = packets(capture, "");
	const foreign = packets(capture, FOREIGN);
	const named = packets(capture, "port 53");
	const announced = packets(capture, "port 5353").length;
	console.log(
		`captured ${all.length} packets, ${announced} of them mDNS; leaving the LAN: ${foreign.length}; DNS questions: ${named.length}`,
	);
	for (const line of [...foreign, ...named].slice(0, 20)) console.log(`BREAK ${line}`);
	if (announced === 0) console.log("BREAK the capture saw nothing of the box, so it proves nothing");
	if (foreign.length > 0 || named.length > 0 || announced === 0) status = 1;
} finally {
	Bun.spawnSync(["ip", "link", "delete", OUTER]);
	Bun.spawnSync(["ip", "netns", "delete", SPACE]);
	rmSync(folder, { recursive: true });
}
process.exit(status);

/** The box announces itself by mDNS; kiosks punch from the gateway's side and pages are read, all over the LAN. */
async function useBox(dataDir: string, seeded: SeededBox): Promise<number> {
	const box = await startBox({ dataDir, host: BOX_IP, wrap: inside(), mdns: true }).catch(
		(error: BoxDidNotStart) => error,
	);
	if (box instanceof Error) {
		console.log(`BREAK ${box.message}`);
		return 1;
	}
	const url = `https://${BOX_IP}:${box.httpsPort}`;
	const load = startLoad({ url, seeded, pauseMs: 2_000 });
	const endMs = performance.now() + flag("minutes", 10) * 60_000;
	let pages = 0;
	while (performance.now() < endMs) {
		for (const path of ["/login", "/kiosk", "/service-worker.js", "/"]) {
			const response = await fetch(`${url}${path}`, {
				tls: { rejectUnauthorized: false },
				redirect: "manual",
			} as RequestInit);
			await response.arrayBuffer();
			pages += 1;
		}
		await Bun.sleep(2_000);
	}
	await load.stop();
	await box.kill("SIGTERM");
	console.log(`${load.ackedIds.length} punches, ${pages} pages, ${load.faults.length} faults`);
	return load.ackedIds.length > 0 && load.faults.length === 0 ? 0 : 1;
}
