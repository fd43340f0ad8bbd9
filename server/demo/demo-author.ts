/** Who acts when a demo shop lives by itself; stays visible on everything invented. */
import type { By } from "../services/author.ts";

export const DEMO_BY: By = { actor: { kind: "box", id: "demo" }, address: "demo" };

/** Stays on each punch of the demo. */
export const DEMO_SOURCE = "import";
