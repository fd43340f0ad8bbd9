/** Whose photo a file in a folder or zip is, by its name alone: `12.jpg`, `12_1.jpg`, `12 (2).png`, `12/anything.jpg`. Pure; never touches a path. */

export interface NamedPhoto<E> {
	readonly entry: E;
	/** Base name, for the report. */
	readonly file: string;
}

export interface PhotoPlan<E> {
	/** Files by employee number, in order of name. */
	readonly people: ReadonlyMap<string, readonly NamedPhoto<E>[]>;
	/** Pictures whose name is no known number. */
	readonly strangers: readonly string[];
}

const PICTURE = /\.(jpe?g|png|webp|heic|heif)$/i;
/** What macOS and Windows leave in archives. */
const LITTER = /(^|[/\\])(__MACOSX[/\\]|\.(?!\.)|Thumbs\.db$|desktop\.ini$)/i;
/** `_1`, `-2`, ` 3`, `(4)` after the number. */
const SUFFIX = /[\s_-]*\(?\d{1,2}\)?$/;

/** Groups pictures by person; `isNumber` tells whether an employee has that number. Everything but pictures is ignored. */
export function planPhotos<E extends { readonly name: string }>(
	entries: readonly E[],
	isNumber: (text: string) => boolean,
): PhotoPlan<E> {
	const people = new Map<string, NamedPhoto<E>[]>();
	const strangers: string[] = [];
	for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (!PICTURE.test(entry.name) || LITTER.test(entry.name)) continue;
		const file = entry.name.split(/[/\\]/).at(-1)!;
		const number = candidates(entry.name).find(isNumber);
		if (number === undefined) strangers.push(file.slice(0, 80));
		else people.set(number, [...(people.get(number) ?? []), { entry, file }]);
	}
	return { people, strangers };
}

/** The whole base name first, so that a number may itself end in `_1`; then without the suffix; then the folder. */
function candidates(name: string): string[] {
	const parts = name.normalize("NFKC").split(/[/\\]/);
	const base = parts.at(-1)!.replace(PICTURE, "").trim();
	const bare = base.replace(SUFFIX, "").trim();
	const folder = parts.at(-2)?.trim();
	return [base, bare, folder].filter((text): text is string => !!text && text !== "..");
}
