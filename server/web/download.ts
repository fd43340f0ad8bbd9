/** A file as an attachment: the name in plain ASCII and in UTF-8 (RFC 6266), never cached, never sniffed. */
import type { ExportFile } from "../exports/table.ts";

export function download({ name, contentType, bytes }: ExportFile): Response {
	const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
	const disposition = `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeByte)}`;
	return new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: {
			"content-type": contentType,
			"content-disposition": disposition,
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
		},
	});
}

const escapeByte = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
