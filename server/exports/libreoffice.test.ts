import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportTable } from "./table.ts";
import { writeXlsx } from "./xlsx.ts";

const soffice = Bun.which("soffice");
if (!soffice)
	console.warn(
		"LibreOffice is missing: whether it opens our workbooks was NOT tested (apt install libreoffice-calc)",
	);

const table: ReportTable = {
	title: "Day",
	columns: [
		{ title: "Name", kind: "text" },
		{ title: "In", kind: "instant" },
		{ title: "Worked", kind: "minutes" },
		{ title: "Date", kind: "date" },
		{ title: "N", kind: "number" },
	],
	rows: [
		["=1+1", Date.parse("2026-03-02T00:59:07Z"), 1505, "2026-03-02", 3],
		["@SUM(A1)", null, 95, null, -2],
		["\uff1d1+1 \u6797", null, null, null, null],
		["0012345678", null, 0, null, 0.5],
	],
	zone: "Asia/Shanghai",
};

test.skipIf(!soffice)(
	"LibreOffice opens a workbook: text stays text, days and durations read well",
	async () => {
		const folder = mkdtempSync(join(tmpdir(), "dianmao-xlsx-"));
		try {
			await Bun.write(join(folder, "day.xlsx"), await writeXlsx(table));
			const run = Bun.spawn(
				[
					soffice!,
					"--headless",
					`-env:UserInstallation=file://${folder}/profile`,
					"--convert-to",
					"csv:Text - txt - csv (StarCalc):44,34,76,1",
					"--outdir",
					folder,
					join(folder, "day.xlsx"),
				],
				{ stdout: "ignore", stderr: "ignore" },
			);
			expect(await run.exited).toBe(0);
			const csv = await Bun.file(join(folder, "day.csv")).text();
			// text cells are the quoted ones
			expect(csv.replace("\ufeff", "").trim().split("\n")).toEqual([
				'"Name","In","Worked","Date","N"',
				'"=1+1",2026-03-02 08:59:07,25:05,2026-03-02,3',
				'"@SUM(A1)",,1:35,,-2',
				'"\uff1d1+1 \u6797",,,,',
				'"0012345678",,0:00,,0.5',
			]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
	120_000,
);
