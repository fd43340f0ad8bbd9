/** What stood in a form that was refused, so that it is shown again instead of the stored values. */
import { rawValues } from "../../server/web/forms.ts";

/** A refused form as it was sent. Names of fields differ between the forms of the page. */
export interface Typed {
	readonly form: "site" | "kiosk" | "safety" | "hosts";
	readonly body: unknown;
}

/** The text of a field as it was typed, or what is stored when another form was sent. */
export const typedOr = <V extends string | number>(
	typed: Typed | undefined,
	name: string,
	stored: V,
): string | V => rawValues(typed?.body, name)[0] ?? stored;

/** Whether a box of the kiosk form is ticked; an empty box sends nothing. */
export const tickedOr = (typed: Typed | undefined, name: string, stored: boolean): boolean =>
	typed?.form === "kiosk" ? rawValues(typed.body, name).length > 0 : stored;
