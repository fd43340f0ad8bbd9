/** Drizzle's view of the tables of kiosks, the ledger, punches and what follows from them. The migrations are the truth; `schema.test.ts` checks that both agree. */
import { blob, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const kiosk = sqliteTable("kiosk", {
	id: text("id").primaryKey(),
	name: text("name").notNull(),
	place: text("place").notNull(),
	direction: text("direction", { enum: ["auto", "in", "out"] }).notNull(),
	status: text("status", { enum: ["pending", "active", "suspended", "revoked"] }).notNull(),
	publicKey: blob("public_key", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	label: text("label").notNull(),
	counter: integer("counter").notNull(),
	createdMs: integer("created_ms").notNull(),
	decidedMs: integer("decided_ms"),
	decidedBy: text("decided_by"),
	seenMs: integer("seen_ms"),
	cameraProvedMs: integer("camera_proved_ms"),
	passing: integer("passing", { mode: "boolean" }).notNull().default(false),
	health: text("health", { mode: "json" }).notNull(),
});

export const doorDay = sqliteTable(
	"door_day",
	{
		kioskId: text("kiosk_id").notNull(),
		day: text("day").notNull(),
		sure: integer("sure").notNull(),
		marginal: integer("marginal").notNull(),
		ambiguous: integer("ambiguous").notNull(),
		unknown: integer("unknown").notNull(),
		faces: integer("faces").notNull(),
		luma: real("luma").notNull(),
		clipped: real("clipped").notNull(),
		sideLight: real("side_light").notNull(),
		sharpness: real("sharpness").notNull(),
		looks: integer("looks").notNull(),
		dark: integer("dark").notNull(),
		bright: integer("bright").notNull(),
		glare: integer("glare").notNull(),
		sideLit: integer("side_lit").notNull(),
		blurry: integer("blurry").notNull(),
		far: integer("far").notNull(),
	},
	(t) => [primaryKey({ columns: [t.kioskId, t.day] })],
);

export const stuckOrder = sqliteTable("stuck_order", {
	kioskId: text("kiosk_id").primaryKey(),
	what: text("what", { enum: ["retry", "hand_over"] }).notNull(),
	orderedBy: text("ordered_by").notNull(),
	orderedMs: integer("ordered_ms").notNull(),
});

export const setAside = sqliteTable("set_aside", {
	id: text("id").primaryKey(),
	kioskId: text("kiosk_id").notNull(),
	sealed: text("sealed").notNull(),
	code: text("code").notNull(),
	madeMs: integer("made_ms").notNull(),
	receivedMs: integer("received_ms").notNull(),
	seq: integer("seq").notNull(),
});

export const pairingCode = sqliteTable("pairing_code", {
	hash: blob("hash", { mode: "buffer" }).$type<Uint8Array>().primaryKey(),
	name: text("name").notNull(),
	place: text("place").notNull(),
	direction: text("direction").notNull(),
	madeBy: text("made_by").notNull(),
	expiresMs: integer("expires_ms").notNull(),
	usedMs: integer("used_ms"),
});

export const ledgerLeaf = sqliteTable("ledger_leaf", {
	seq: integer("seq").primaryKey(),
	type: text("type").notNull(),
	time: text("time").notNull(),
	salt: blob("salt", { mode: "buffer" }).$type<Uint8Array>(),
	body: blob("body", { mode: "buffer" }).$type<Uint8Array>(),
	commitment: blob("commitment", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	leaf: blob("leaf", { mode: "buffer" }).$type<Uint8Array>().notNull(),
});

export const ledgerNode = sqliteTable("ledger_node", {
	level: integer("level").notNull(),
	idx: integer("idx").notNull(),
	hash: blob("hash", { mode: "buffer" }).$type<Uint8Array>().notNull(),
});

export const ledgerCheckpoint = sqliteTable("ledger_checkpoint", {
	size: integer("size").primaryKey(),
	note: text("note").notNull(),
	atMs: integer("at_ms").notNull(),
});

export const punch = sqliteTable("punch", {
	seq: integer("seq").primaryKey(),
	id: text("id").notNull(),
	employeeId: text("employee_id").notNull(),
	atMs: integer("at_ms").notNull(),
	receivedMs: integer("received_ms").notNull(),
	zone: text("zone").notNull(),
	workDate: text("work_date").notNull(),
	method: text("method", { enum: ["face", "card", "fingerprint", "pin", "phone", "makeup"] }).notNull(),
	source: text("source", { enum: ["live", "queued", "terminal", "import", "makeup"] }).notNull(),
	deviceId: text("device_id"),
	deviceCounter: integer("device_counter"),
	direction: text("direction", { enum: ["in", "out"] }).notNull(),
	clock: text("clock", { enum: ["ok", "unsync", "jumped"] }).notNull(),
	doubts: text("doubts", { mode: "json" }).notNull(),
	match: text("match", { mode: "json" }).notNull(),
	photoSha256: blob("photo_sha256", { mode: "buffer" }).$type<Uint8Array>(),
});

export const punchNote = sqliteTable("punch_note", {
	id: text("id").primaryKey(),
	punchId: text("punch_id").notNull(),
	kind: text("kind", {
		enum: ["not_me", "mismatch", "verified", "unverifiable", "confirmed", "voided"],
	}).notNull(),
	reason: text("reason").notNull(),
	madeBy: text("made_by").notNull(),
	atMs: integer("at_ms").notNull(),
	seq: integer("seq").notNull(),
});

export const punchPhoto = sqliteTable("punch_photo", {
	punchId: text("punch_id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	sealed: blob("sealed", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	takenMs: integer("taken_ms").notNull(),
});

export const makeupRequest = sqliteTable("makeup_request", {
	id: text("id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	claimedMs: integer("claimed_ms").notNull(),
	madeMs: integer("made_ms").notNull(),
	deviceId: text("device_id"),
	reason: text("reason").notNull(),
	status: text("status", { enum: ["open", "approved", "refused"] }).notNull(),
	decidedBy: text("decided_by"),
	decidedMs: integer("decided_ms"),
	punchId: text("punch_id"),
});

export const dayRecord = sqliteTable("day_record", {
	employeeId: text("employee_id").notNull(),
	workDate: text("work_date").notNull(),
	shiftId: text("shift_id"),
	status: text("status").notNull(),
	firstInMs: integer("first_in_ms"),
	lastOutMs: integer("last_out_ms"),
	lastDirection: text("last_direction"),
	punches: integer("punches").notNull(),
	doubtful: integer("doubtful").notNull(),
	lateMin: integer("late_min").notNull(),
	earlyMin: integer("early_min").notNull(),
	workedMin: integer("worked_min"),
	refreshedMs: integer("refreshed_ms").notNull(),
});

export const clockEvent = sqliteTable("clock_event", {
	seq: integer("seq").primaryKey(),
	atMs: integer("at_ms").notNull(),
	deltaMs: integer("delta_ms").notNull(),
	settledMs: integer("settled_ms"),
});

export const alarm = sqliteTable("alarm", {
	kind: text("kind").notNull(),
	kioskId: text("kiosk_id").notNull(),
	employeeId: text("employee_id").notNull(),
	tries: integer("tries").notNull(),
	firstMs: integer("first_ms").notNull(),
	lastMs: integer("last_ms").notNull(),
	address: text("address").notNull(),
});
