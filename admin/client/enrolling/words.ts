/** The words and addresses that the server put into the page for the enrolment script. */

export interface EnrolSetup {
	readonly say: (key: string) => string;
	readonly poses: readonly Pose[];
	/** Pictures from which on saving is offered. */
	readonly least: number;
	readonly assets: { readonly faceApi: string; readonly models: string; readonly wasm: string };
	/** Where the frames are posted. */
	readonly post: string;
	/** Where to go afterwards. */
	readonly done: string;
}

export type Pose = "front" | "left" | "right";

/** Reads the `data-` attributes of the page's root. */
export function readSetup({ dataset }: HTMLElement): EnrolSetup {
	const words = JSON.parse(dataset.words ?? "{}") as Record<string, string>;
	return {
		say: (key) => words[key] ?? key,
		poses: (dataset.poses ?? "front").split(" ") as Pose[],
		least: Number(dataset.least ?? 1),
		assets: { faceApi: dataset.faceApi ?? "", models: dataset.models ?? "", wasm: dataset.wasm ?? "" },
		post: dataset.post ?? "",
		done: dataset.done ?? "/",
	};
}
