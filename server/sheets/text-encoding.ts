/** Bytes of a text file → text, whatever Chinese Windows or Excel saved it as. */
import { invalid } from "../base/app-error.ts";
import { fail, ok, type Result } from "../base/result.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

const starts = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/** By byte order mark, else UTF-8 when every byte fits, else GB 18030 (which covers GBK and GB 2312). Refuses binary files. */
export function decodeText(bytes: Uint8Array): Result<{ text: string; encoding: Encoding }> {
	for (const encoding of candidates(bytes)) {
		try {
			const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
			return text.includes("\u0000") ? fail(invalid("import.not_a_table", "file")) : ok({ text, encoding });
		} catch {
			// the next one
		}
	}
	return fail(invalid("import.not_a_table", "file"));
}

function candidates(bytes: Uint8Array): readonly Encoding[] {
	if (starts(bytes, 0xff, 0xfe)) return ["utf-16le"];
	if (starts(bytes, 0xfe, 0xff)) return ["utf-16be"];
	return starts(bytes, 0xef, 0xbb, 0xbf) ? ["utf-8"] : ["utf-8", "gb18030"];
}
