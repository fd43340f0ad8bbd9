/** Finds a Chromium for the browser tests; installs Debian's when that is allowed. */
import { existsSync } from "node:fs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Chromium, and a font with Chinese characters so that screens look as they do in a shop. */
const DEBIAN_PACKAGES = ["chromium", "fonts-noto-cjk"];

const find = (): string | undefined =>
	NAMES.map((name) => Bun.which(name)).find((path) => path !== null) ?? undefined;

async function quietly(command: string[]): Promise<boolean> {
	const child = Bun.spawn(command, {
		stdio: ["ignore", "ignore", "ignore"],
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
	});
	return (await child.exited) === 0;
}

/** The path of a Chromium, or undefined after saying in one line what to install. */
export async function findChromium(): Promise<string | undefined> {
	const chosen = process.env.CHROMIUM ?? find();
	if (chosen && existsSync(chosen)) return chosen;
	if (process.getuid?.() === 0 && Bun.which("apt-get")) {
		console.log(`installing ${DEBIAN_PACKAGES.join(", ")} for the browser tests (some 100 MB, once) …`);
		await quietly(["apt-get", "update"]);
		await quietly(["apt-get", "install", "-y", "--no-install-recommends", ...DEBIAN_PACKAGES]);
		const installed = find();
		if (installed) return installed;
	}
	console.log("browser tests need Chromium: install Debian's `chromium` package or set CHROMIUM to its path");
	return undefined;
}
