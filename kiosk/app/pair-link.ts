/** A pairing code that came with the address (`/kiosk#pair=CODE`), as from the QR code of the admin site. The part behind # never leaves the browser. */
import { PAIR_CODE_LENGTH } from "./limits.ts";

const LINK = new RegExp(`^#pair=([0-9A-Z]{${PAIR_CODE_LENGTH}})$`);

/** The code in a location's hash, or undefined. */
export const offeredCode = (hash: string): string | undefined => LINK.exec(hash)?.[1];
