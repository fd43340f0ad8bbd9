/** Hands the pictures to the box and reads its answer. Knows nothing of the screen. */
import type { Shot } from "./shots.ts";

export interface Answer {
	readonly outcome: "stored" | "refused" | "failed";
	readonly message: string;
	/** One per picture; null is good. */
	readonly verdicts: readonly (string | null)[];
	/** Whose face it seems to be; asks for a reason. */
	readonly override?: string;
}

/** Never throws: without an answer the outcome is `failed` with an empty message. */
export async function sendShots(to: string, photos: readonly Shot[], reason?: string): Promise<Answer> {
	try {
		const response = await fetch(to, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(reason ? { photos, reason } : { photos }),
		});
		const body = (await response.json()) as Partial<Answer> & { error?: { message: string } };
		if (body.outcome) return { message: "", verdicts: [], ...body } as Answer;
		return { outcome: "failed", message: body.error?.message ?? "", verdicts: [] };
	} catch {
		return { outcome: "failed", message: "", verdicts: [] };
	}
}
