/** Opens workbooks with LibreOffice, as a clerk would. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PROGRAM = Bun.which("soffice") ?? Bun.which("libreoffice");

export const hasOffice = (): boolean => PROGRAM !== null;

/** The first sheet as CSV text. */
export async function csvOfWorkbook(path: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "dianmao-office-"));
	try {
		const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
		const args = [
			profile,
			"--headless",
			"--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76",
			"--outdir",
			folder,
			path,
		];
		const child = Bun.spawn([PROGRAM!, ...args], { stdio: ["ignore", "ignore", "pipe"] });
		if ((await child.exited) !== 0) throw new Error(await new Response(child.stderr).text());
		return await Bun.file(join(folder, basename(path).replace(/\.xlsx$/, ".csv"))).text();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
