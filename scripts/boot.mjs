/**
 * The one way in: finds or fetches the pinned Bun, installs packages when the lock changed, runs a command.
 * Plain JavaScript for Node 18+ and any Bun, without packages, since it runs before anything is installed.
 * The pinned version is `packageManager` in package.json and nowhere else.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { constants, homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const PINNED = MANIFEST.packageManager.replace(/^bun@/, "");
const WINDOWS = process.platform === "win32";

/** Command name → what Bun runs after the assets are built. */
const COMMANDS = {
	start: ["server/main.ts"],
	demo: ["server/main.ts", "demo"],
	test: ["scripts/test-all.ts"],
	check: ["scripts/test-all.ts", "--only", "static"],
	bench: ["scripts/bench-all.ts"],
	soak: ["scripts/soak.ts"],
	build: ["scripts/build-binary.ts"],
	screenshots: ["scripts/screenshots.ts"],
	assets: [],
};

const say = (line) => process.stderr.write(`dianmao: ${line}\n`);

function stop(line) {
	say(line);
	process.exit(1);
}

/** A folder for the fetched Bun that outlives the checkout; inside node_modules when the home is read-only. */
function cacheFolder() {
	const base =
		process.env.XDG_CACHE_HOME ||
		(WINDOWS ? process.env.LOCALAPPDATA : undefined) ||
		join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
	for (const folder of [join(base, "dianmao", "bun"), join(ROOT, "node_modules", ".cache", "dianmao-bun")]) {
		try {
			mkdirSync(folder, { recursive: true });
			return folder;
		} catch {}
	}
	return stop("no folder can be written for the Bun runtime; set XDG_CACHE_HOME to one that can");
}

function isMusl() {
	if (process.platform !== "linux") return false;
	const ldd = spawnSync("ldd", ["--version"], { encoding: "utf8" });
	return /musl/i.test(`${ldd.stdout ?? ""}${ldd.stderr ?? ""}`) || existsSync("/etc/alpine-release");
}

/** False only when the processor is known to lack AVX2, which the ordinary x64 build needs. */
function hasAvx2() {
	try {
		return /\bavx2\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
	} catch {
		return true;
	}
}

/** Platform builds to try, likeliest first; each one must really run before it is trusted. */
function builds() {
	const system = { win32: "windows" }[process.platform] ?? process.platform;
	const arch = process.arch === "arm64" ? "aarch64" : process.arch;
	const stem = `bun-${system}-${arch}${isMusl() ? "-musl" : ""}`;
	if (arch !== "x64") return [stem];
	return hasAvx2() ? [stem, `${stem}-baseline`] : [`${stem}-baseline`];
}

function runsPinned(bun) {
	const probe = spawnSync(bun, ["--version"], { encoding: "utf8", timeout: 20_000 });
	return probe.status === 0 && probe.stdout.trim() === PINNED;
}

const binaryIn = (folder, build) =>
	join(folder, "node_modules", "@oven", build, "bin", WINDOWS ? "bun.exe" : "bun");

/** Why an installer failed, in a few lines without addresses: which registry a machine uses is its own business. */
function reasons(output) {
	const lines = output.split(/\r?\n/).filter((line) => /^(npm (error|ERR!) code|error:|spawn)/i.test(line));
	const clean = lines.map((line) => line.replace(/\b[a-z+]+:\/\/\S+|\b\d+(\.\d+){3}(:\d+)?/gi, "<address>"));
	return [...new Set(clean)].slice(0, 4);
}

/** Runs a quiet step; says how long it took, or why it failed. Resolves to success. */
function step(title, command, args, options) {
	say(`${title} …`);
	const startedMs = Date.now();
	const seconds = () => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
	return new Promise((resolve) => {
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
		const tick = setInterval(() => say(`${title} … ${seconds()}`), 10_000);
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (chunk) => {
				output = (output + chunk).slice(-8_000);
			});
		const done = (code, reason) => {
			clearInterval(tick);
			if (code === 0) say(`${title}: done in ${seconds()}`);
			else for (const line of reasons(reason ?? output)) say(line);
			resolve(code === 0);
		};
		child.on("error", (error) => done(1, error.message));
		child.on("close", (code) => done(code));
	});
}

/** The package installer at hand: npm when Node runs this file, else the Bun that does. */
function installer(folder, spec) {
	if (process.versions.bun)
		return [process.execPath, ["add", "--exact", "--ignore-scripts", spec], { cwd: folder }];
	const flags = [
		"install",
		"--ignore-scripts",
		"--no-audit",
		"--no-fund",
		"--no-package-lock",
		"--loglevel=error",
	];
	const args = [...flags, "--prefix", folder, spec];
	const own = process.env.npm_execpath;
	if (own?.endsWith("npm-cli.js")) return [process.execPath, [own, ...args], { cwd: folder }];
	return ["npm", args, { cwd: folder, shell: WINDOWS }];
}

/** Fetches one build into a scratch folder and moves it into place whole, so a broken download is never used. */
async function fetchBuild(cache, build) {
	const scratch = join(cache, `.${build}-${process.pid}`);
	const target = join(cache, `${build}-${PINNED}`);
	rmSync(scratch, { recursive: true, force: true });
	mkdirSync(scratch, { recursive: true });
	writeFileSync(join(scratch, "package.json"), '{"private":true}\n');
	const [command, args, options] = installer(scratch, `@oven/${build}@${PINNED}`);
	const fetched = await step(`fetching Bun ${PINNED} (${build}, once)`, command, args, options);
	if (fetched && runsPinned(binaryIn(scratch, build))) {
		rmSync(target, { recursive: true, force: true });
		renameSync(scratch, target);
		return binaryIn(target, build);
	}
	rmSync(scratch, { recursive: true, force: true });
	return undefined;
}

/** Path of a Bun of exactly the pinned version. */
async function findBun() {
	if (process.versions.bun === PINNED) return process.execPath;
	if (runsPinned("bun")) return "bun";
	const cache = cacheFolder();
	const candidates = builds();
	for (const build of candidates) {
		const cached = binaryIn(join(cache, `${build}-${PINNED}`), build);
		if (existsSync(cached) && runsPinned(cached)) return cached;
	}
	for (const build of candidates) {
		const bun = await fetchBuild(cache, build);
		if (bun) return bun;
	}
	return stop(
		`Bun ${PINNED} could not be fetched for ${candidates.join(" or ")}; check the network and run this again`,
	);
}

/** What the installed packages depend on: the lock, the wish list, the runtime and the machine. */
function lockHash() {
	const hash = createHash("sha256").update(readFileSync(join(ROOT, "bun.lock")));
	hash.update(JSON.stringify([MANIFEST.dependencies, MANIFEST.devDependencies]));
	return hash.update([PINNED, process.platform, process.arch].join()).digest("hex");
}

async function installPackages(bun) {
	const stamp = join(ROOT, "node_modules", ".dianmao-lock");
	const wanted = lockHash();
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
	const args = ["install", "--frozen-lockfile", "--ignore-scripts", "--no-progress"];
	if (!(await step("installing packages", bun, args, { cwd: ROOT })))
		stop("the packages could not be installed; check the network and run this again");
	writeFileSync(stamp, wanted);
}

/** PATH with the pinned Bun first, so that tools which call `bun` get this one. */
function environment(bun) {
	if (bun === "bun") return process.env;
	return { ...process.env, PATH: `${dirname(bun)}${delimiter}${process.env.PATH ?? ""}` };
}

/** Runs Bun in the foreground; signals go through, and its exit code or signal becomes ours. */
function run(bun, args) {
	return new Promise((resolve) => {
		const child = spawn(bun, args, { cwd: ROOT, stdio: "inherit", env: environment(bun) });
		const forward = (signal) => {
			// A terminal already sends Ctrl-C to the whole group.
			if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
		};
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
		child.on("error", (error) => stop(error.message));
		child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
	});
}

async function main() {
	const [name = "start", ...rest] = process.argv.slice(2);
	const command = COMMANDS[name];
	if (!command) stop(`"${name}" is not a command; there are: ${Object.keys(COMMANDS).join(", ")}`);
	const bun = await findBun();
	await installPackages(bun);
	const built = await run(bun, ["scripts/build-assets.ts"]);
	process.exit(built || !command.length ? built : await run(bun, [...command, ...rest]));
}

await main();
