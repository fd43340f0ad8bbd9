/** The 3,000 most used passwords and every longer one of the same list, for `refusePassword`. Read once, at the start. */
import list from "../assets/passwords/common.txt" with { type: "text" };

/** Lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(list.split("\n").filter(Boolean));
