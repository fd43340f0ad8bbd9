/** Five frames on each backend: the faster one stays, if it computes the same descriptor. */
import { distance } from "../../server/recognition/descriptor.ts";
import type { Picture } from "../../server/recognition/face-types.ts";
import type { FaceNet } from "../../server/recognition/look.ts";
import { describeFace, findFaces, findLandmarks } from "../../server/recognition/look.ts";

export type BackendName = "wasm" | "webgl";

export interface Trial {
	readonly backend: BackendName;
	readonly frameMs: number;
}

const FRAMES = 5;
/** Half-precision graphics chips shift descriptors; more than this would eat into the thresholds. */
const MAX_SHIFT = 0.03;
/** A first frame this many times slower than wasm's median is compiling shaders; a second one still as slow is hopeless. */
const HOPELESS = 3;

/** Measures wasm, then webgl where a real graphics chip is present; leaves the winner in use. */
export async function fasterBackend(
	net: FaceNet,
	use: (backend: BackendName) => Promise<void>,
): Promise<{ best: Trial; trials: Trial[] }> {
	const wasm = await tryBackend(net, "wasm", Number.POSITIVE_INFINITY);
	if (!hasGraphicsChip()) return { best: wasm, trials: [wasm] };
	try {
		await use("webgl");
		const webgl = await tryBackend(net, "webgl", wasm.frameMs * HOPELESS);
		const same = distance(wasm.descriptor, webgl.descriptor) <= MAX_SHIFT;
		if (same && webgl.frameMs < wasm.frameMs) return { best: webgl, trials: [wasm, webgl] };
		await use("wasm");
		return { best: wasm, trials: [wasm, webgl] };
	} catch {
		await use("wasm");
		return { best: wasm, trials: [wasm] };
	}
}

async function tryBackend(net: FaceNet, backend: BackendName, hopelessMs: number) {
	const picture = testPicture();
	let descriptor = await wholeFrame(net, picture); // compiles and warms up
	const times: number[] = [];
	for (let i = 0; i < FRAMES; i++) {
		const startedMs = performance.now();
		descriptor = await wholeFrame(net, picture);
		times.push(performance.now() - startedMs);
		if (times[i]! > hopelessMs) break;
	}
	times.sort((a, b) => a - b);
	return { backend, frameMs: times[Math.floor(times.length / 2)]!, descriptor };
}

/** All stages, whether or not a face is found, so that each frame costs the same. */
async function wholeFrame(net: FaceNet, picture: Picture): Promise<Float32Array> {
	await findFaces(net, picture, 224);
	const box = { x: 220, y: 140, width: 200, height: 200 };
	await findLandmarks(net, picture, { box, score: 1 });
	return (await describeFace(net, picture, steadyLandmarks(box))) ?? new Float32Array(1);
}

/** A rough face layout, equal on every backend, so that descriptors compare. */
function steadyLandmarks(box: { x: number; y: number; width: number; height: number }) {
	const at = (fx: number, fy: number) => ({ x: box.x + fx * box.width, y: box.y + fy * box.height });
	return Array.from({ length: 68 }, (_, i) => {
		if (i >= 36 && i < 42) return at(0.3, 0.4);
		if (i >= 42 && i < 48) return at(0.7, 0.4);
		return i >= 48 ? at(0.5, 0.8) : at(0.5, 0.6);
	});
}

/** Smooth shades with an oval, the same every time. */
function testPicture(): Picture {
	const [width, height] = [640, 480];
	const data = new Uint8ClampedArray(width * height * 4);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const inside = ((x - 320) / 100) ** 2 + ((y - 240) / 130) ** 2 < 1;
			const shade = inside ? 150 + 40 * Math.sin(x / 17) * Math.cos(y / 23) : (x + y) / 8;
			data.set([shade, shade * 0.85, shade * 0.75, 255], (y * width + x) * 4);
		}
	return { width, height, data };
}

/** False without WebGL 2 and where it is computed in software, which takes seconds per frame. */
function hasGraphicsChip(): boolean {
	const gl = document.createElement("canvas").getContext("webgl2");
	if (!gl) return false;
	const info = gl.getExtension("WEBGL_debug_renderer_info");
	const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
	gl.getExtension("WEBGL_lose_context")?.loseContext();
	return !/swiftshader|llvmpipe|software|basic render/i.test(name);
}
