/** The names a column of an imported list may have, from the texts of both languages. */
import {
	type HeaderNames,
	IMPORT_COLUMNS,
	type ImportColumn,
} from "../../server/services/people-import-columns.ts";
import { MESSAGES, type MessageKey } from "../../server/web/messages.ts";

/** The heading we write ourselves. */
export const HEADINGS: Readonly<Record<ImportColumn, MessageKey>> = {
	number: "import.head.number",
	name: "import.head.name",
	department: "import.head.department",
	card: "import.head.card",
	joinedOn: "import.head.joined",
	leftOn: "import.head.left",
	shift: "import.head.shift",
};

/** Other headings people use, parted by `|`. */
const OTHERS: Readonly<Record<ImportColumn, MessageKey>> = {
	number: "import.also.number",
	name: "import.also.name",
	department: "import.also.department",
	card: "import.also.card",
	joinedOn: "import.also.joined",
	leftOn: "import.also.left",
	shift: "import.also.shift",
};

const namesOf = (column: ImportColumn): string[] =>
	[MESSAGES.en, MESSAGES["zh-CN"]].flatMap((messages) => [
		messages[HEADINGS[column]],
		...messages[OTHERS[column]].split("|"),
	]);

export const HEADER_NAMES = Object.fromEntries(
	IMPORT_COLUMNS.map((column) => [column, namesOf(column)]),
) as unknown as HeaderNames;
