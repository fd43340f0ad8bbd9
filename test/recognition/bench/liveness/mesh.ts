/** A very small renderer: a textured grid in space, seen by a pinhole camera. Stands for prints, screens and heads that move before a door; knows nothing of light. */
import type { Picture } from "../../../../server/recognition/face-types.ts";

/** Where a grid vertex lies, in eye distances: x right, y down, z towards the camera; (0, 0, 0) is between the eyes. */
export interface Vertex {
	readonly x: number;
	readonly y: number;
	readonly z: number;
	/** Texture pixel. */
	readonly u: number;
	readonly v: number;
}

export interface Grid {
	readonly columns: number;
	readonly rows: number;
	readonly vertices: readonly Vertex[];
}

/** Turned by yaw (positive: towards the right of the image), pitch and roll, then shifted. */
export interface Motion {
	readonly yawDeg: number;
	readonly pitchDeg?: number;
	readonly rollDeg?: number;
	/** Eye distances. */
	readonly dx?: number;
	readonly dy?: number;
	/** Eye distances away from the camera; the eyes are `FOCAL_PX / distance` pixels apart. */
	readonly distance: number;
	/** Turned about an axis this far behind the eyes: a head turns on its neck. */
	readonly axisZ?: number;
}

export const WIDTH = 640;
export const HEIGHT = 480;
/** A webcam of 56 degrees. */
export const FOCAL_PX = 600;

interface Seen {
	readonly x: number;
	readonly y: number;
	readonly z: number;
	readonly u: number;
	readonly v: number;
}

const rad = (deg = 0): number => (deg * Math.PI) / 180;

function project({ x, y, z, u, v }: Vertex, m: Motion): Seen {
	const axisZ = m.axisZ ?? 0;
	const [sy, cy] = [Math.sin(rad(m.yawDeg)), Math.cos(rad(m.yawDeg))];
	const [sp, cp] = [Math.sin(rad(m.pitchDeg)), Math.cos(rad(m.pitchDeg))];
	const [sr, cr] = [Math.sin(rad(m.rollDeg)), Math.cos(rad(m.rollDeg))];
	const zz = z - axisZ;
	const x1 = x * cy + zz * sy;
	const z1 = -x * sy + zz * cy;
	const y2 = y * cp + z1 * sp;
	const z2 = -y * sp + z1 * cp;
	const x3 = x1 * cr - y2 * sr + (m.dx ?? 0);
	const y3 = x1 * sr + y2 * cr + (m.dy ?? 0);
	const away = m.distance - (z2 + axisZ);
	return { x: WIDTH / 2 + (FOCAL_PX * x3) / away, y: HEIGHT / 2 + (FOCAL_PX * y3) / away, z: away, u, v };
}

/** Paints the grid over a copy of `backdrop` (640 × 480); nearer parts hide farther ones. */
export function render(texture: Picture, grid: Grid, motion: Motion, backdrop: Picture): Picture {
	const out = { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(backdrop.data) };
	const depth = new Float32Array(WIDTH * HEIGHT).fill(Number.POSITIVE_INFINITY);
	const seen = grid.vertices.map((vertex) => project(vertex, motion));
	for (let r = 0; r + 1 < grid.rows; r++)
		for (let c = 0; c + 1 < grid.columns; c++) {
			const i = r * grid.columns + c;
			const [a, b, d, e] = [seen[i]!, seen[i + 1]!, seen[i + grid.columns]!, seen[i + grid.columns + 1]!];
			triangle(texture, out, depth, a, b, d);
			triangle(texture, out, depth, b, e, d);
		}
	return out;
}

function triangle(t: Picture, out: Picture, depth: Float32Array, a: Seen, b: Seen, c: Seen): void {
	const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
	if (Math.abs(area) < 1e-9) return;
	const [x0, x1] = [
		Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x))),
		Math.min(WIDTH - 1, Math.max(a.x, b.x, c.x)),
	];
	const [y0, y1] = [
		Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y))),
		Math.min(HEIGHT - 1, Math.max(a.y, b.y, c.y)),
	];
	for (let y = y0; y <= y1; y++)
		for (let x = x0; x <= x1; x++) {
			const wb = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
			const wc = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
			const wa = 1 - wb - wc;
			if (wa < -1e-6 || wb < -1e-6 || wc < -1e-6) continue;
			const z = wa * a.z + wb * b.z + wc * c.z;
			const at = y * WIDTH + x;
			if (z <= 0.2 || z >= depth[at]!) continue;
			depth[at] = z;
			sample(t, wa * a.u + wb * b.u + wc * c.u, wa * a.v + wb * b.v + wc * c.v, out, at * 4);
		}
}

/** Bilinear; outside the texture its edge goes on. */
function sample({ width, height, data }: Picture, u: number, v: number, out: Picture, at: number): void {
	const x = Math.min(Math.max(u, 0), width - 1.001);
	const y = Math.min(Math.max(v, 0), height - 1.001);
	const [x0, y0] = [Math.floor(x), Math.floor(y)];
	const [fx, fy] = [x - x0, y - y0];
	const p = (y0 * width + x0) * 4;
	const q = p + width * 4;
	for (let k = 0; k < 3; k++)
		out.data[at + k] =
			(1 - fy) * ((1 - fx) * data[p + k]! + fx * data[p + 4 + k]!) +
			fy * ((1 - fx) * data[q + k]! + fx * data[q + 4 + k]!);
}
