/** The employee's proof of one row: a C2SP tlog-proof file, to be kept beside the row itself. */

/** The text of a `.tlog-proof` file: position, inclusion path and the signed checkpoint it leads to. */
export function formatProofFile(seq: number, path: readonly Uint8Array[], checkpointNote: string): string {
	const hashes = path.map((hash) => `${Buffer.from(hash).toString("base64")}\n`).join("");
	return `c2sp.org/tlog-proof@v1\nindex ${seq}\n${hashes}\n${checkpointNote}`;
}
