/** A round mark for a person: one of twelve hues from a stable seed, with initials. Never a photo. */
import type { ComponentChildren } from "preact";

const HUES = 12;

/** The same seed gives the same hue on every page. */
export function hueOf(seed: string): number {
	let sum = 7;
	for (const char of seed) sum = (sum * 31 + char.codePointAt(0)!) % 997;
	return sum % HUES;
}

/** The last two characters of a Chinese name, the first letters of two words otherwise. */
export function initialsOf(name: string): string {
	const clean = name.trim();
	if (/\p{Script=Han}/u.test(clean)) return [...clean.replace(/\s/g, "")].slice(-2).join("");
	const words = clean.split(/[\s.-]+/).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => [...(word ?? "?")][0]!.toUpperCase()).join("");
}

export interface AvatarProps {
	readonly name: string;
	/** The person's id. */
	readonly seed: string;
	readonly size?: "small" | "normal" | "large";
}

export const Avatar = ({ name, seed, size = "normal" }: AvatarProps) => (
	<span class={`avatar ${size} hue-${hueOf(seed)}`} aria-hidden="true">
		{initialsOf(name)}
	</span>
);

export interface PersonLinkProps {
	readonly id: string;
	readonly name: string;
	/** Number, department or whatever tells namesakes apart. */
	readonly note?: ComponentChildren;
	readonly href?: string;
}

/** A person in a list: mark, name, note. */
export const PersonLink = ({ id, name, note, href = `/people/${id}` }: PersonLinkProps) => (
	<a class="person" href={href}>
		<Avatar name={name} seed={id} size="small" />
		<span>
			<span class="person-name">{name}</span>
			{note ? <small class="muted">{note}</small> : null}
		</span>
	</a>
);
