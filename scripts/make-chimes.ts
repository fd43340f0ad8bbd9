/** Draws the kiosk's chimes as small WAV files: `bun scripts/make-chimes.ts`. Run by hand when the tones should change. */
import { join } from "node:path";

const RATE = 16_000;

interface Note {
	readonly hz: number;
	readonly atSec: number;
	readonly lengthSec: number;
}

const note = (hz: number, atSec: number, lengthSec = 0.5): Note => ({ hz, atSec, lengthSec });

/** Rising for yes, level for "look here", falling for no; each is told apart with eyes closed. */
const CHIMES: Readonly<Record<string, readonly Note[]>> = {
	accepted: [note(659.3, 0), note(880, 0.12), note(1318.5, 0.24, 0.6)],
	attention: [note(659.3, 0), note(880, 0.14), note(659.3, 0.28, 0.55)],
	confirm: [note(587.3, 0), note(784, 0.16, 0.55)],
	unknown: [note(523.3, 0, 0.45), note(466.2, 0.18, 0.5)],
	saved: [note(784, 0, 0.4), note(784, 0.2, 0.5)],
	refused: [note(392, 0, 0.4), note(311.1, 0.2, 0.6)],
};

/** A soft bell: fundamental and two partials, quick attack, exponential decay. */
function bell({ hz, lengthSec }: Note, sec: number): number {
	if (sec < 0 || sec > lengthSec) return 0;
	const attack = Math.min(sec / 0.008, 1);
	const fade = Math.min((lengthSec - sec) / 0.03, 1);
	const wave = (ratio: number, level: number, decay: number) =>
		level * Math.sin(2 * Math.PI * hz * ratio * sec) * Math.exp(-decay * sec);
	return attack * fade * (wave(1, 0.6, 5) + wave(2, 0.22, 9) + wave(3.01, 0.1, 14));
}

function wav(notes: readonly Note[]): Uint8Array {
	const lengthSec = Math.max(...notes.map((n) => n.atSec + n.lengthSec));
	const count = Math.ceil(lengthSec * RATE);
	const view = new DataView(new ArrayBuffer(44 + count * 2));
	const text = (at: number, word: string) =>
		[...word].forEach((letter, i) => {
			view.setUint8(at + i, letter.charCodeAt(0));
		});
	text(0, "RIFF");
	view.setUint32(4, 36 + count * 2, true);
	text(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 1, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, RATE, true);
	view.setUint32(28, RATE * 2, true);
	view.setUint16(32, 2, true);
	view.setUint16(34, 16, true);
	text(36, "data");
	view.setUint32(40, count * 2, true);
	for (let i = 0; i < count; i++) {
		const level = notes.reduce((sum, n) => sum + bell(n, i / RATE - n.atSec), 0);
		view.setInt16(44 + i * 2, Math.round(Math.tanh(level) * 30_000), true);
	}
	return new Uint8Array(view.buffer);
}

for (const [name, notes] of Object.entries(CHIMES))
	await Bun.write(join(import.meta.dir, "..", "assets", "voice", `${name}.wav`), wav(notes));
