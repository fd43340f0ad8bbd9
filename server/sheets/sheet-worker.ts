/** Entry point of the Worker that reads one workbook and ends. Must be listed as an extra entry point of the binary. */
import { readWorkbook } from "./workbook.ts";

declare const self: Worker;

self.onmessage = async ({ data }: MessageEvent<Uint8Array>) => self.postMessage(await readWorkbook(data));
