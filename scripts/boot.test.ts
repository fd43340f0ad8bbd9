import { expect, test } from "bun:test";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };

const ROOT = join(import.meta.dir, "..");

test("the pinned Bun is the one that runs the tests, and is no dependency", () => {
	expect(manifest.packageManager).toBe(`bun@${Bun.version}`);
	expect(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })).not.toContain("bun");
});

test("each script of package.json is a command of boot.mjs, and the other way round", async () => {
	const child = Bun.spawn([process.execPath, join(ROOT, "scripts/boot.mjs"), "no-such-command"], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	const said = await new Response(child.stderr).text();
	expect(await child.exited).toBe(1);
	const commands = said.split("there are: ")[1]!.trim().split(", ");
	expect(commands.sort()).toEqual(Object.keys(manifest.scripts).sort());
	for (const [name, line] of Object.entries(manifest.scripts))
		expect(line).toBe(`node scripts/boot.mjs ${name}`);
});

test("the lock names no address: every machine uses the registry it is set up for", async () => {
	expect(await Bun.file(join(ROOT, "bun.lock")).text()).not.toContain("://");
});
