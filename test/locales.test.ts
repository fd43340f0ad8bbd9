/** Texts for people: both languages whole and alike, every key that code asks for there, none left over. */
import { describe, expect, test } from "bun:test";
import { parseSource, readSources } from "./architecture/source.ts";
import { mentionsIn, placeholders, readAreas } from "./locales/messages.ts";

/** Beginnings of keys that code puts together, each with the reason why it cannot write them out. */
const DYNAMIC: readonly (readonly [prefix: string, reason: string])[] = [
	["kiosk.result.", "lateness in hours follows the hint"],
	["kiosk.say.", "the spoken sentence follows the outcome the box answered"],
	["kiosk.auth.", "one sentence per reason for which a signed request is refused"],
	["kiosk.refused.", "the box names why it refused a punch by the last part alone"],
	["start.", "one sentence per reason not to start"],
	["app.role.", "one name per role of the access table"],
	["app.group.", "one heading per group of the menu"],
	["app.language.", "one name per language"],
	["app.theme.", "one name per colour theme"],
	["board.alarm.", "what happened and what to do, per kind of alarm"],
	["board.state.", "one short sentence per state of the board"],
	["board.view.", "one name per tile of the board"],
	["days.status.", "one name per status of a day"],
	["days.why.", "one sentence per step of the reckoning"],
	["punches.", "names of methods, directions, sources, clocks, notes and reasons follow what is stored"],
	["kiosks.", "verdicts, advice, camera states and directions; audited acts begin alike"],
	["makeups.", "reasons and decisions; audited acts begin alike"],
	["settings.field.", "label per number field"],
	["settings.hint.", "hint per number field"],
	["settings.turn.", "one name per policy of asking for a turn"],
	["settings.network.", "one sentence and one way out per finding, one word per tone"],
	["settings.clock.", "the unit follows the size of a jump"],
	["errors.page.", "one page per HTTP status"],
	["audit.act.", "the words of an audited act follow its stable name"],
	["audit.report.", "the report that was looked at or exported"],
	["audit.setting.", "one name per stored setting"],
	["audit.field.", "one name per particular of an audited act"],
	["audit.value.", "the words of codes among the particulars"],
	["audit.alarm.", "one name per kind of alarm"],
];

/** Literals that look like keys and are something else, each with what it is. */
const NOT_KEYS: readonly (readonly [pattern: RegExp, reason: string])[] = [
	[
		/\.(js|mjs|css|json|ts|tsx|svg|png|ico|db|hwm|sqlite|log|bin|wasm|webmanifest|local|mp3|ogg|wav)$/,
		"names of files and hosts",
	],
];

const HAN = /\p{Script=Han}/u;
const KEY = /^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)+$/;

const areas = await readAreas();
const keys = new Set([...areas.values()].flatMap((area) => Object.keys(area.en ?? {})));
const mentions = mentionsIn(await readSources());

for (const [area, { en = {}, "zh-CN": zh = {} }] of areas)
	describe(`the texts of ${area}`, () => {
		test("have the same keys in both languages", () =>
			expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort()));

		test("begin with the name of the area", () =>
			expect(Object.keys(en).filter((key) => !key.startsWith(`${area}.`) || !KEY.test(key))).toEqual([]));

		test("are sound ICU messages with the same placeholders", () => {
			const shared = Object.keys(en).filter((key) => key in zh);
			const unlike = shared.filter(
				(key) => placeholders(en[key]!, "en").join() !== placeholders(zh[key]!, "zh-CN").join(),
			);
			expect(unlike).toEqual([]);
		});

		// A language is named in its own script, so `….zh-CN` is Chinese in both files.
		test("are never empty, and the English ones hold no Chinese", () => {
			const bad = Object.keys(en).filter(
				(key) => !en[key]?.trim() || !zh[key]?.trim() || (HAN.test(en[key]) && !key.endsWith(".zh-CN")),
			);
			expect(bad).toEqual([]);
		});
	});

/** The name of an audited act, as `accounts.disable`, is no key itself; its text is `audit.….accounts.disable`. */
const isAuditedAct = (text: string): boolean =>
	[...keys].some((key) => key.startsWith("audit.") && key.endsWith(`.${text}`));

/** Literals that read like a key of a known area and are none. */
const missing = [...mentions.literals]
	.filter(([text]) => KEY.test(text) && areas.has(text.split(".")[0]!) && !keys.has(text))
	.filter(([text]) => !isAuditedAct(text) && !NOT_KEYS.some(([pattern]) => pattern.test(text)))
	.map(([text, path]) => `${path}: ${text}`);

describe("keys", () => {
	test("that code asks for exist", () => expect(missing).toEqual([]));

	test("are all asked for", () => {
		const unused = [...keys].filter(
			(key) => !mentions.literals.has(key) && !DYNAMIC.some(([prefix]) => key.startsWith(prefix)),
		);
		expect(unused).toEqual([]);
	});

	test("that are put together are declared, and every declaration is needed", () => {
		const built = [...mentions.prefixes.keys()].filter((prefix) => areas.has(prefix.split(".")[0]!));
		const declared = DYNAMIC.map(([prefix]) => prefix);
		expect(built.filter((prefix) => !declared.some((one) => prefix.startsWith(one)))).toEqual([]);
		expect(declared.filter((one) => ![...keys].some((key) => key.startsWith(one)))).toEqual([]);
	});
});

describe("the reader of texts and code", () => {
	test("sees placeholders inside plurals and tags", () => {
		const text = "{n, plural, one {<b>{who}</b>} other {# of {total, number}}}";
		expect(placeholders(text, "en")).toEqual(["<b>", "n", "total", "who"]);
	});

	test("refuses a message that does not parse", () =>
		expect(() => placeholders("{n, plural}", "en")).toThrow());

	test("sees literals, attributes and the beginnings of templates", () => {
		const text = `const a = t("kiosk.a"); const b = t(\`kiosk.state.\${x}\`); const c = <T k="kiosk.c" />;`;
		const { literals, prefixes } = mentionsIn([parseSource("kiosk/a.tsx", text)]);
		expect([...literals.keys()]).toContainValues(["kiosk.a", "kiosk.c"]);
		expect([...prefixes.keys()]).toEqual(["kiosk.state."]);
	});
});
