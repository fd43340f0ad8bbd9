/** The key to a demo shop. */
import { randomToken } from "../base/ids.ts";

/** The one owner of a demo shop. */
export const DEMO_OWNER_ID = "01900000-0000-7000-8000-0000000000de";

/** The account that the printed link signs in, and the link's secret of this start. */
export const demoEntry = { accountId: DEMO_OWNER_ID, token: randomToken(16) };
