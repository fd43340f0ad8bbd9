import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nativeFolder } from "./backend.ts";
import { faceWorkerUrl } from "./worker-url.ts";

test("nativeFolder finds tfjs-node above, and only when it is there", () => {
	const root = mkdtempSync(join(tmpdir(), "native-"));
	const folder = join(root, "node_modules", "@tensorflow", "tfjs-node");
	mkdirSync(join(root, "a", "b"), { recursive: true });
	expect(nativeFolder(join(root, "a", "b"))).toBeUndefined();
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "package.json"), "{}");
	expect(nativeFolder(join(root, "a", "b"))).toBe(folder);
	rmSync(root, { recursive: true });
});

test.each([
	["file:///srv/app/server/recogniser/worker-url.ts", "file:///srv/app/server/recogniser/face-worker.ts"],
	["file:///$bunfs/root/dianmao", "file:///$bunfs/root/recogniser/face-worker.ts"],
])("the Worker of %s is %s", (module, worker) => {
	expect(faceWorkerUrl(module)).toBe(worker);
});
