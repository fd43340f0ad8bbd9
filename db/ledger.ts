/** Rows of the evidence log: leaves, complete tree nodes, checkpoints. Hashing and signing happen elsewhere. */
import type { LeafType } from "../server/ledger/entry.ts";
import type { GetNode, TreeNode } from "../server/ledger/tree.ts";
import type { Db, Tx } from "./store.ts";

export interface LeafRow {
	readonly seq: number;
	readonly type: LeafType;
	/** `YYYY-MM-DDThh:mm:ss.sssZ` */
	readonly time: string;
	readonly salt: Uint8Array | null;
	readonly body: Uint8Array | null;
	readonly commitment: Uint8Array;
	readonly leaf: Uint8Array;
}

export interface CheckpointRow {
	readonly size: number;
	readonly note: string;
	readonly atMs: number;
}

const LEAF_COLUMNS = "seq, type, time, salt, body, commitment, leaf";

/** Leaves in the log, counted from the last sequence number; O(log n). */
export function ledgerSize(db: Db): number {
	const row = db.sqlite.query("SELECT max(seq) AS last FROM ledger_leaf").get() as { last: number | null };
	return row.last === null ? 0 : row.last + 1;
}

/** Reads stored tree nodes; level 0 comes from the leaf rows. */
export function nodeReader(db: Db): GetNode {
	const leaf = db.sqlite.query("SELECT leaf AS hash FROM ledger_leaf WHERE seq = ?");
	const node = db.sqlite.query("SELECT hash FROM ledger_node WHERE level = ? AND idx = ?");
	return (level, index) => {
		const row = level === 0 ? leaf.get(index) : node.get(level, index);
		return (row as { hash: Uint8Array } | null)?.hash;
	};
}

export function insertLeaf(tx: Tx, row: LeafRow): void {
	tx.sqlite
		.query(`INSERT INTO ledger_leaf (${LEAF_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
		.run(row.seq, row.type, row.time, row.salt, row.body, row.commitment, row.leaf);
}

export function insertNodes(tx: Tx, nodes: readonly TreeNode[]): void {
	const insert = tx.sqlite.query("INSERT INTO ledger_node (level, idx, hash) VALUES (?, ?, ?)");
	for (const node of nodes) insert.run(node.level, node.index, node.hash);
}

export function insertCheckpoint(tx: Tx, row: CheckpointRow): void {
	tx.sqlite
		.query("INSERT INTO ledger_checkpoint (size, note, at_ms) VALUES (?, ?, ?)")
		.run(row.size, row.note, row.atMs);
}

/** The newest signed checkpoint, or null in an empty log. */
export function latestCheckpoint(db: Db): CheckpointRow | null {
	const sql = "SELECT size, note, at_ms AS atMs FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";
	return db.sqlite.query(sql).get() as CheckpointRow | null;
}

/** The last leaf's type and time, to keep sealed times from going back; null in an empty log. */
export function lastLeaf(db: Db): { type: LeafType; time: string } | null {
	const sql = "SELECT type, time FROM ledger_leaf ORDER BY seq DESC LIMIT 1";
	return db.sqlite.query(sql).get() as { type: LeafType; time: string } | null;
}

/** All leaves in order, a page at a time, for export and audit. */
export function leavesFrom(db: Db, seq: number, limit: number): LeafRow[] {
	const sql = `SELECT ${LEAF_COLUMNS} FROM ledger_leaf WHERE seq >= ? ORDER BY seq LIMIT ?`;
	return db.sqlite.query(sql).all(seq, limit) as LeafRow[];
}

/** All complete nodes, for a full export. */
export function nodesByLevel(db: Db): TreeNode[] {
	const sql = "SELECT level, idx AS 'index', hash FROM ledger_node ORDER BY level, idx";
	return db.sqlite.query(sql).all() as TreeNode[];
}
