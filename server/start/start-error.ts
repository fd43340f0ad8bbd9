/** Why the box refuses to start. The message of `start.<reason>` tells the person at the console what to do. */
export type StartRefusal =
	| "already_running"
	| "database_missing"
	| "key_missing"
	| "key_wrong"
	| "newer_schema"
	| "rolled_back"
	| "ledger_broken"
	| "demo_folder"
	| "real_folder"
	| "folder_unwritable";

export class StartError extends Error {
	constructor(
		readonly reason: StartRefusal,
		readonly vars: Readonly<Record<string, string | number>> = {},
	) {
		super(`refused to start: ${reason}`);
	}
}
