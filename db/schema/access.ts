/** Drizzle's view of the tables of accounts, sessions, throttles, audit, settings and long work. The migrations are the truth; `schema.test.ts` checks that both agree. */
import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const setting = sqliteTable("setting", {
	key: text("key").primaryKey(),
	value: text("value", { mode: "json" }).notNull(),
	changedMs: integer("changed_ms").notNull(),
});

export const account = sqliteTable("account", {
	id: text("id").primaryKey(),
	login: text("login").notNull(),
	name: text("name").notNull(),
	role: text("role", { enum: ["owner", "hr", "manager", "auditor"] }).notNull(),
	passwordHash: text("password_hash"),
	totpSealed: blob("totp_sealed", { mode: "buffer" }).$type<Uint8Array>(),
	totpStep: integer("totp_step").notNull().default(0),
	lang: text("lang").notNull(),
	employeeId: text("employee_id"),
	createdMs: integer("created_ms").notNull(),
	disabledMs: integer("disabled_ms"),
});

export const accountDepartment = sqliteTable("account_department", {
	accountId: text("account_id").notNull(),
	departmentId: text("department_id").notNull(),
});

export const accountInvite = sqliteTable("account_invite", {
	hash: blob("hash", { mode: "buffer" }).$type<Uint8Array>().primaryKey(),
	accountId: text("account_id").notNull(),
	expiresMs: integer("expires_ms").notNull(),
});

export const passkey = sqliteTable("passkey", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	publicKey: blob("public_key", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	counter: integer("counter").notNull(),
	transports: text("transports").notNull(),
	name: text("name").notNull(),
	createdMs: integer("created_ms").notNull(),
	usedMs: integer("used_ms"),
});

export const recoveryCode = sqliteTable("recovery_code", {
	accountId: text("account_id").notNull(),
	hash: blob("hash", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	usedMs: integer("used_ms"),
});

export const session = sqliteTable("session", {
	tokenHash: blob("token_hash", { mode: "buffer" }).$type<Uint8Array>().primaryKey(),
	accountId: text("account_id").notNull(),
	createdMs: integer("created_ms").notNull(),
	usedMs: integer("used_ms").notNull(),
	provedMs: integer("proved_ms").notNull(),
	address: text("address").notNull(),
	agent: text("agent").notNull(),
});

export const throttle = sqliteTable("throttle", {
	subject: text("subject").primaryKey(),
	fails: integer("fails").notNull(),
	untilMs: integer("until_ms").notNull(),
	changedMs: integer("changed_ms").notNull(),
});

export const audit = sqliteTable("audit", {
	id: integer("id").primaryKey(),
	atMs: integer("at_ms").notNull(),
	actorKind: text("actor_kind", { enum: ["account", "kiosk", "box"] }).notNull(),
	actorId: text("actor_id").notNull(),
	action: text("action").notNull(),
	objectKind: text("object_kind").notNull(),
	objectId: text("object_id").notNull(),
	detail: text("detail", { mode: "json" }).notNull(),
	address: text("address").notNull(),
	seq: integer("seq"),
});

export const importPiece = sqliteTable("import_piece", {
	jobId: text("job_id").notNull(),
	piece: integer("piece").notNull(),
	steps: text("steps", { mode: "json" }).notNull(),
});

export const fileJob = sqliteTable("file_job", {
	id: text("id").primaryKey(),
	kind: text("kind").notNull(),
	madeBy: text("made_by").notNull(),
	state: text("state", { enum: ["running", "done", "failed", "cancelled"] }).notNull(),
	done: integer("done").notNull(),
	total: integer("total").notNull(),
	report: text("report", { mode: "json" }).notNull(),
	createdMs: integer("created_ms").notNull(),
	endedMs: integer("ended_ms"),
});
