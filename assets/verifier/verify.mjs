#!/usr/bin/env node
/**
 * Checks an attendance log exported as `attlog-export/v1`, or the proof of one row, from public data alone.
 * Runs in Node 20+ and Bun, needs nothing else and talks to nobody.
 *
 *   node verify.mjs [options] export.jsonl        (or standard input when no file is named)
 *   node verify.mjs [options] --proof row.tlog-proof row.json
 *
 *   --vkey KEY         the log's public key, as you got it from a trusted place (repeat after a key change)
 *   --origin NAME      the log and epoch you expect
 *   --checkpoint FILE  a checkpoint you kept earlier; the log must still contain it (repeatable)
 *   --witness KEY      the newest checkpoint must carry the cosignature of this witness
 *
 * Prints OK · OK-REDACTED(k) · TAMPERED(seq) · TRUNCATED · FORK · UNANCHORED, the reason on standard error, and
 * exits with 0 for the first two, else 1. UNANCHORED: nothing outside the file vouches for it. A key alone shows who
 * sealed the log; only a checkpoint or witness of somebody else shows that its owner did not rewrite all of it.
 * The numbers (1)–(8) are the rules of attlog/v1.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const verdict = (result, reason) => Object.assign(new Error(reason), { result });
const tampered = (seq, reason) => verdict(`TAMPERED(${seq})`, reason);
const unanchored = (reason) => verdict("UNANCHORED", reason);
const fork = (reason) => verdict("FORK", reason);

const sha256 = (...parts) => {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest();
};
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const fold = (peaks) => peaks.reduceRight((hash, peak) => nodeHash(peak, hash));

/** Strict base64; null for anything else or another length. */
function decode(text, length) {
	if (typeof text !== "string") return null;
	const bytes = Buffer.from(text, "base64");
	if (bytes.toString("base64") !== text) return null;
	return length === undefined || bytes.length === length ? bytes : null;
}

function parseVkey(text, kind) {
	const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text ?? "") ?? [];
	const typed = decode(key, 33);
	if (!typed || typed[0] !== kind) throw unanchored(`not a usable key: ${text}`);
	const keyId = sha256(`${name}\n`, typed).subarray(0, 4);
	if (keyId.toString("hex") !== id) throw unanchored(`key id and key do not belong together: ${text}`);
	const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]);
	return { name, keyId, publicKey: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** (1) Form of a signed note and of the checkpoint in it. */
function parseCheckpoint(note) {
	if (typeof note !== "string" || /(?!\n)\p{Cc}/u.test(note))
		throw unanchored("a checkpoint is not plain text");
	const split = note.lastIndexOf("\n\n");
	const text = note.slice(0, split + 1);
	const [, origin, size, root64] = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n(.{44})\n$/.exec(text) ?? [];
	const root = decode(root64, 32);
	if (split < 0 || !root || !note.endsWith("\n")) throw unanchored("malformed checkpoint");
	const lines = note.slice(split + 2, -1).split("\n");
	return { text, origin, size: Number(size), root, signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
	const [, name, blob] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
	const bytes = decode(blob);
	if (!bytes || bytes.length < 5) throw unanchored("malformed signature line");
	return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

const linesOf = (checkpoint, key) =>
	checkpoint.signatures.filter((line) => line.name === key.name && key.keyId.equals(line.keyId));

/** (1), (2): a checkpoint of the expected log and epoch, signed by a known key of it. */
function openCheckpoint(note, origin, keys) {
	const checkpoint = parseCheckpoint(note);
	if (checkpoint.origin !== origin) throw fork(`checkpoint of ${checkpoint.origin}, expected ${origin}`);
	const signed = keys.flatMap((key) => linesOf(checkpoint, key).map((line) => ({ key, line })));
	const text = Buffer.from(checkpoint.text);
	const isGenuine = ({ key, line }) =>
		key.name === origin && verify(null, text, key.publicKey, line.signature);
	if (signed.length > 0 && signed.every(isGenuine)) return checkpoint;
	throw unanchored(`the checkpoint of size ${checkpoint.size} has no good signature of the known key`);
}

function checkWitness(checkpoint, witness) {
	const lines = linesOf(checkpoint, witness).filter((line) => line.signature.length === 72);
	const isGood = lines.some(({ signature }) => {
		const text = `cosignature/v1\ntime ${signature.readBigUInt64BE(0)}\n${checkpoint.text}`;
		return verify(null, Buffer.from(text), witness.publicKey, signature.subarray(8));
	});
	if (!isGood) throw unanchored(`no good cosignature of ${witness.name} on the newest checkpoint`);
}

/** (3) The leaf hash of a row, from its body or, once that is erased, from its commitment. */
function leafOf(row, seq) {
	const { type, time } = row;
	const isTime = new Date(Date.parse(time) || 0).toISOString() === time && time.length === 24;
	const isType = typeof type === "string" && /^[a-z][a-z-]*$/.test(type);
	if (!isTime || !isType) throw tampered(seq, "malformed type or time");
	const isErased = row.salt === null && row.body === null;
	const [salt, body] = [decode(row.salt, 32), decode(row.body)];
	if (!isErased && !(salt && body)) throw tampered(seq, "salt and body do not come together");
	const commitment = isErased ? decode(row.commitment, 32) : sha256(Buffer.of(2), salt, body);
	if (!commitment) throw tampered(seq, "an erased row has to keep its commitment");
	const entry = `attlog/v1\nseq ${seq}\ntype ${type}\ntime ${time}\nbody ${commitment.toString("hex")}\n`;
	return { hash: sha256(Buffer.of(0), entry), body };
}

function jsonOf(bytes) {
	try {
		return JSON.parse(bytes.toString("utf8")) ?? {};
	} catch {
		return {};
	}
}

/** Reads an export line by line; holds 32 bytes a row. */
class Audit {
	size = 0;
	peaks = [];
	roots = new Map([[0, sha256()]]);
	levels = [Buffer.alloc(32 * 1024)];
	hasNodes = false;
	nodeFault = null;
	erased = [];
	erasures = [];

	header(line) {
		const { format, origin, vkey, checkpoints } = jsonOf(line);
		const isExport = format === "attlog-export/v1" && Array.isArray(checkpoints);
		if (!isExport) throw unanchored("this is not an attlog-export/v1 file");
		const keys = (this.pins.vkeys ?? [vkey]).map((text) => parseVkey(text, 1));
		const expected = this.pins.origin ?? keys[0].name;
		this.epoch = Number(/\/e([1-9]\d*)$/.exec(origin)?.[1]);
		if (origin !== expected || !this.epoch) throw fork(`the file is of ${origin}, expected ${expected}`);
		const open = (note) => openCheckpoint(note, expected, keys);
		this.checkpoints = [...this.pins.checkpoints, ...checkpoints].map(open).sort((a, b) => a.size - b.size);
		if (this.checkpoints.length === 0) throw unanchored("no checkpoint seals this file");
		this.sealed = new Set(this.checkpoints.map((checkpoint) => checkpoint.size));
	}

	line(text) {
		if (!this.checkpoints) return this.header(text);
		const row = jsonOf(text);
		if (row.level !== undefined) return this.node(row);
		if (row.seq !== this.size || this.hasNodes) throw tampered(this.size, "row missing, moved or unreadable");
		return this.row(row);
	}

	row(row) {
		const seq = row.seq;
		const { hash, body } = leafOf(row, seq);
		if (!decode(row.leaf, 32)?.equals(hash)) throw tampered(seq, "the row does not match its leaf hash");
		const isAstray = seq === 0 && this.epoch > 1 && row.type !== "restore";
		if (isAstray) throw fork("a later epoch has to begin with a restore leaf");
		if (this.previous && row.time < this.previous.time && this.previous.type !== "clock")
			throw tampered(seq, "(7) time goes back without a clock leaf");
		this.previous = row;
		if (body) this.body(row, jsonOf(body));
		else this.erased.push(seq);
		this.append(hash);
	}

	body({ seq, type }, body) {
		if (type === "correction" && !(Number.isSafeInteger(body.ref) && body.ref >= 0 && body.ref < seq))
			throw tampered(seq, "(8) the correction refers to no earlier row");
		if (type !== "erase" && type !== "purge") return;
		const isRange = (pair) => Array.isArray(pair) && pair.every(Number.isSafeInteger) && pair[1] < seq;
		if (Array.isArray(body.ranges)) this.erasures = this.erasures.concat(body.ranges.filter(isRange));
	}

	append(hash) {
		const [store] = this.levels;
		if (store.length === this.size * 32) this.levels[0] = Buffer.concat([store], store.length * 2);
		hash.copy(this.levels[0], this.size * 32);
		let peak = hash;
		for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) peak = nodeHash(this.peaks.pop(), peak);
		this.peaks.push(peak);
		if (this.sealed.has(++this.size)) this.roots.set(this.size, fold(this.peaks));
	}

	/** (6) A stored node must be the hash of the rows below it. */
	node({ level, index, hash }) {
		this.hasNodes = true;
		const isNode = [level, index].every((n) => Number.isSafeInteger(n) && n >= 0) && level <= 52;
		if (!isNode) throw tampered(this.size, "malformed node line");
		const isInside = (index + 1) * 2 ** level <= this.size;
		if (isInside && decode(hash, 32)?.equals(this.computed(level, index))) return;
		if (!this.nodeFault || level < this.nodeFault.level)
			this.nodeFault = { level, seq: index * 2 ** level, reason: `stored node ${level}/${index} is wrong` };
	}

	computed(level, index) {
		for (let l = this.levels.length; l <= level; l++) {
			const below = this.levels[l - 1];
			const hashes = Buffer.alloc(Math.floor(this.size / 2 ** l) * 32);
			for (let i = 0; i < hashes.length; i += 32)
				sha256(Buffer.of(1), below.subarray(i * 2, i * 2 + 64)).copy(hashes, i);
			this.levels.push(hashes);
		}
		return this.levels[level].subarray(index * 32, index * 32 + 32);
	}

	finish() {
		if (!this.checkpoints) throw unanchored("the file is empty");
		const newest = this.checkpoints.at(-1);
		if (this.size < newest.size) throw verdict("TRUNCATED", `${this.size} of ${newest.size} sealed rows`);
		if (this.size > newest.size) throw tampered(newest.size, "unsealed tail: rows after the last checkpoint");
		this.checkRoots();
		if (this.nodeFault) throw tampered(this.nodeFault.seq, this.nodeFault.reason);
		this.checkErasures();
		if (this.pins.witness) checkWitness(newest, parseVkey(this.pins.witness, 4));
		if (!this.pins.vkeys && !this.pins.witness && this.pins.checkpoints.length === 0)
			throw unanchored("the file agrees with itself; name a key, checkpoint or witness to hold it against");
		return this.erased.length ? `OK-REDACTED(${this.erased.length})` : "OK";
	}

	/** (4), (5): every signed root is the root of these rows, so all of them are consistent with each other. */
	checkRoots() {
		const isGood = ({ size, root }) => this.roots.get(size).equals(root);
		const bad = this.checkpoints.find((checkpoint) => !isGood(checkpoint));
		if (!bad) return;
		const contradicts = ({ size, root }) => size === bad.size && !root.equals(bad.root);
		if (this.checkpoints.some((other) => contradicts(other) || (other.size > bad.size && isGood(other))))
			throw fork(`two histories were signed: the checkpoint of size ${bad.size} is of the other one`);
		const before = this.checkpoints.findLast((other) => other.size < bad.size)?.size ?? 0;
		const first = Math.max(before, this.nodeFault?.seq ?? 0);
		throw tampered(first, `a row from ${first} to ${bad.size - 1} was rewritten`);
	}

	/** (6) Every row without a body is named by a later erase or purge leaf. */
	checkErasures() {
		const ranges = this.erasures.sort((a, b) => a[0] - b[0]);
		let [next, reach] = [0, -1];
		for (const seq of this.erased) {
			while (ranges[next]?.[0] <= seq) reach = Math.max(reach, ranges[next++][1]);
			if (seq > reach) throw tampered(seq, "body erased without an erase leaf");
		}
	}
}

/** (1)–(4) for one row: its leaf is in the tree that the signed checkpoint states. */
function checkProof(proofText, row, pins) {
	const [, index, hashes, note] =
		/^c2sp\.org\/tlog-proof@v1\n(?:extra .*\n)?index (\d+)\n((?:.{44}\n)*)\n([\s\S]*)$/.exec(proofText) ?? [];
	if (index === undefined) throw unanchored("this is not a tlog-proof file");
	if (!pins.vkeys || pins.checkpoints.length) throw unanchored("a proof takes --vkey, not --checkpoint");
	const keys = pins.vkeys.map((text) => parseVkey(text, 1));
	const checkpoint = openCheckpoint(note, pins.origin ?? keys[0].name, keys);
	const seq = Number(index);
	if (row.seq !== seq || seq >= checkpoint.size) throw tampered(seq, "the proof is of another row");
	let { hash } = leafOf(row, seq);
	let [at, last] = [seq, checkpoint.size - 1];
	for (const text of hashes.match(/.{44}/g) ?? []) {
		const sibling = decode(text, 32);
		if (!sibling || last === 0) throw tampered(seq, "malformed inclusion path");
		const isLeft = at % 2 === 1 || at === last;
		hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
		if (isLeft) for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2);
		[at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
	}
	if (last !== 0 || !hash.equals(checkpoint.root)) throw tampered(seq, "the row is not in the signed log");
	if (pins.witness) checkWitness(checkpoint, parseVkey(pins.witness, 4));
	return row.body === null ? "OK-REDACTED(1)" : "OK";
}

async function checkExport(stream, pins) {
	const audit = Object.assign(new Audit(), { pins });
	let rest = "";
	for await (const chunk of stream.setEncoding("utf8")) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop();
		for (const line of lines) audit.line(line);
	}
	if (rest) audit.line(rest);
	return audit.finish();
}

async function main() {
	const text = { type: "string" };
	const many = { ...text, multiple: true };
	const options = { vkey: many, origin: text, checkpoint: many, witness: text, proof: text };
	const { values, positionals } = parseArgs({ options, allowPositionals: true });
	const { vkey: vkeys, origin, witness, proof, checkpoint: kept = [] } = values;
	const pins = { vkeys, origin, witness, checkpoints: kept.map((path) => readFileSync(path, "utf8")) };
	if (proof) return checkProof(readFileSync(proof, "utf8"), jsonOf(readFileSync(positionals[0] ?? 0)), pins);
	return checkExport(positionals[0] ? createReadStream(positionals[0]) : process.stdin, pins);
}

try {
	console.log(await main());
} catch (error) {
	if (error.result) console.log(error.result);
	console.error(error.message);
	process.exitCode = 1;
}
