import { describe, expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { must, type Result } from "../base/result.ts";
import { writeCsv } from "../exports/csv.ts";
import type { ReportTable } from "../exports/table.ts";
import { writeXlsx } from "../exports/xlsx.ts";
import { readSheet } from "./read-sheet.ts";
import { ROWS_MAX } from "./sheet.ts";
import { readZipDirectory, unpackEntry } from "./zip-directory.ts";

const codeOf = (result: Result<unknown>) => (result.ok ? "fine" : result.error.code);
const codeOfFile = async (bytes: Uint8Array) => codeOf(await readSheet(bytes));
const utf8 = (text: string) => new TextEncoder().encode(text);
const LIMITS = { entries: 10, totalBytes: 1_000_000 };

const NASTY = [
	'=HYPERLINK("http://x","y")',
	"+1",
	"-1",
	"@SUM(A1)",
	"\t=1",
	"\r=1",
	"\uff1d1+1",
	"'=1",
	"''quoted",
	'a "b", c',
	"two\nlines",
	"<script>alert(1)</script>",
	"\u00e9\u4e00\u{20000}",
	" padded ",
	"007",
	"1e5",
];

const table = (texts: readonly string[]): ReportTable => ({
	title: "Staff [x]/y",
	columns: [{ title: "Name", kind: "text" }],
	rows: texts.map((text) => [text]),
	zone: "Asia/Shanghai",
});

describe("tables that went out and come back", () => {
	test("keep every text in CSV", async () => {
		const rows = must(await readSheet(writeCsv(table(NASTY))));
		expect(rows).toEqual([["Name"], ...NASTY.map((text) => [text.replace("\r", "\n")])]);
	});

	test("keep every text in Excel", async () => {
		const rows = must(await readSheet(await writeXlsx(table(NASTY))));
		expect(rows).toEqual([["Name"], ...NASTY.map((text) => [text])]);
	});

	test("are never formulas for a program that reads the CSV plainly", () => {
		const lines = new TextDecoder()
			.decode(writeCsv(table(NASTY)))
			.split("\r\n")
			.slice(1);
		for (const line of lines) expect(line).not.toMatch(/^"?[=+\-@\uff1d\uff0b\uff0d\uff20\t]/);
	});

	test("show dates, instants and durations as the zone reads them", async () => {
		const mixed: ReportTable = {
			title: "Day",
			columns: [
				{ title: "d", kind: "date" },
				{ title: "i", kind: "instant" },
				{ title: "m", kind: "minutes" },
				{ title: "n", kind: "number" },
			],
			rows: [
				["2026-03-02", Date.parse("2026-03-01T16:30:00Z"), 95, 2.5],
				[null, null, -5, null],
			],
			zone: "Asia/Shanghai",
		};
		expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(writeCsv(mixed))).toBe(
			"\ufeffd,i,m,n\r\n2026-03-02,2026-03-02 00:30:00,1:35,2.5\r\n,,-0:05,\r\n",
		);
		const rows = must(await readSheet(await writeXlsx(mixed)));
		expect(rows[1]!.slice(0, 2)).toEqual(["2026-03-02", "2026-03-02"]);
		expect(rows[1]![3]).toBe("2.5");
	});
});

describe("text files", () => {
	const rows = [
		["\u5de5\u53f7", "\u59d3\u540d"],
		["1", "\u6797"],
	];
	const gb = Uint8Array.from([
		0xb9, 0xa4, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0d, 0x0a, 0x31, 0x2c, 0xc1, 0xd6,
	]);
	const plain = "\u5de5\u53f7,\u59d3\u540d\r\n1,\u6797";
	test.each([
		["UTF-8", utf8(plain)],
		["UTF-8 with mark", utf8(`\ufeff${plain}`)],
		["GB 18030", gb],
		["UTF-16", new Uint8Array(Buffer.from(`\ufeff${plain}`, "utf16le"))],
		["tabs", utf8(plain.replaceAll(",", "\t"))],
		["semicolons and a blank end", utf8(`${plain.replaceAll(",", ";")}\n\n;;\n`)],
	])("in %s are read", async (_, bytes) => expect(must(await readSheet(bytes))).toEqual(rows));

	test.each([
		["nothing", new Uint8Array(0), "import.empty"],
		["a JPEG", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), "import.not_a_table"],
		["an old .xls", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), "import.old_excel"],
		["11 MB", new Uint8Array(11_000_000).fill(65), "import.file_too_big"],
		["too many rows", utf8("a\n".repeat(ROWS_MAX + 2)), "import.too_many_rows"],
		["too many columns", utf8(`a${",".repeat(70)}`), "import.too_many_columns"],
	])("that are %s: refused", async (_, bytes, code) => expect(await codeOfFile(bytes)).toBe(code));
});

describe("workbooks that attack", () => {
	const book = (sheet: string, more: Record<string, Uint8Array> = {}) =>
		zipSync({
			"xl/workbook.xml": strToU8(
				'<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
			),
			"xl/_rels/workbook.xml.rels": strToU8(
				'<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
			),
			"xl/worksheets/sheet1.xml": strToU8(sheet),
			...more,
		});
	const cell = (address: string) =>
		`<worksheet><sheetData><row r="1"><c r="${address}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`;

	test("a plain one is read", async () =>
		expect(must(await readSheet(book(cell("B1"))))).toEqual([["", "x"]]));

	test("a bomb is refused by its directory, within 100 ms", async () => {
		const bomb = book("", { "xl/worksheets/sheet2.xml": new Uint8Array(30_000_000) });
		expect(bomb.length).toBeLessThan(1_000_000);
		const started = performance.now();
		expect(await codeOfFile(bomb)).toBe("import.zip_too_big");
		expect(performance.now() - started).toBeLessThan(100);
	});

	test("a bomb that lies about its size is damaged, and never unpacked past the lie", () => {
		const zip = zipSync({ "a.xml": new Uint8Array(5_000_000) });
		const view = new DataView(zip.buffer);
		const at = zip.length - 22 - 46 - 5;
		expect(view.getUint32(at, true)).toBe(0x02014b50);
		view.setUint32(at + 24, 1000, true);
		const [entry] = must(readZipDirectory(zip, LIMITS));
		expect(entry).toMatchObject({ name: "a.xml", unpackedBytes: 1000 });
		expect(codeOf(unpackEntry(zip, entry!))).toBe("import.zip_damaged");
	});

	test("one cell at the far corner of the sheet costs nothing", async () => {
		expect(await codeOfFile(book(cell("A1048576")))).toBe("import.too_many_rows");
		expect(await codeOfFile(book(cell("XFD1")))).toBe("import.too_many_columns");
	});

	test("entities are not expanded and outside files not read", async () => {
		const evil = cell("A1")
			.replace("<worksheet>", '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>')
			.replace("<t>x</t>", "<t>&a;</t>");
		const read = await readSheet(book(evil));
		expect(JSON.stringify(read)).not.toContain("root:");
	});

	test("names that climb out of the archive are never used", async () => {
		const climbing = {
			"../../etc/cron.d/x": strToU8("boo"),
			"/abs/x": strToU8("boo"),
			"C:\\x": strToU8("boo"),
		};
		expect(await codeOfFile(book(cell("A1"), climbing))).toBe("fine");
	});

	test.each([
		[
			"ten thousand entries",
			zipSync(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, new Uint8Array(0)]))),
			"import.zip_entries",
		],
		["another kind of zip", zipSync({ "photo.jpg": strToU8("x") }), "import.not_a_workbook"],
		["a truncated file", book(cell("A1")).slice(0, -30), "import.zip_damaged"],
		["only the first bytes", Uint8Array.from([0x50, 0x4b, 3, 4]), "import.zip_damaged"],
		["broken XML", book("<worksheet><sheetData><row"), "import.workbook_damaged"],
	])("%s: refused", async (_, bytes, code) => expect(await codeOfFile(bytes)).toBe(code));

	test("a damaged directory never throws", () => {
		const good = book(cell("A1"));
		for (let at = good.length - 300; at < good.length; at++) {
			const bent = good.slice();
			bent[at]! ^= 0xff;
			const directory = readZipDirectory(bent, { entries: 10, totalBytes: 1_000_000_000 });
			if (directory.ok)
				for (const entry of directory.value.filter((e) => e.unpackedBytes < 1e6)) unpackEntry(bent, entry);
		}
	});
});
