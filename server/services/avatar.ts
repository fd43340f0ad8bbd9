/** The drawn avatar of a person: a steady colour and one or two characters. No photo is ever used for this. */
import type { Employee } from "../../db/employee.ts";

export interface Avatar {
	/** Hue of the background, degrees. */
	readonly hue: number;
	readonly initials: string;
}

const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** The colour follows the id, so a new name or number keeps it. */
export const avatarOf = ({ id, name }: Pick<Employee, "id" | "name">): Avatar => ({
	hue: Number.parseInt(id.replaceAll("-", "").slice(-6), 16) % 360,
	initials: initialsOf(name),
});

/** The given name's last two characters where names are written without spaces, else the first letters of first and last word. */
export function initialsOf(name: string): string {
	const letters = Array.from(name.trim());
	if (letters.some((letter) => IDEOGRAPH.test(letter))) return letters.slice(-2).join("");
	const words = name.trim().split(/\s+/);
	const first = Array.from(words[0] ?? "")[0] ?? "";
	const last = words.length > 1 ? (Array.from(words.at(-1) ?? "")[0] ?? "") : "";
	return (first + last).toUpperCase();
}
