/** Drizzle's view of the tables of people, their credentials, consent and enrolment. The migrations are the truth; `schema.test.ts` checks that both agree. */
import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const department = sqliteTable("department", {
	id: text("id").primaryKey(),
	name: text("name").notNull(),
	parentId: text("parent_id"),
	shiftId: text("shift_id"),
	createdMs: integer("created_ms").notNull(),
});

export const shift = sqliteTable("shift", {
	id: text("id").primaryKey(),
	name: text("name").notNull(),
	startMin: integer("start_min").notNull(),
	endMin: integer("end_min").notNull(),
	graceInMin: integer("grace_in_min").notNull(),
	graceOutMin: integer("grace_out_min").notNull(),
	breakMin: integer("break_min").notNull(),
	weekdays: integer("weekdays").notNull(),
	createdMs: integer("created_ms").notNull(),
	changedMs: integer("changed_ms").notNull(),
});

export const employee = sqliteTable("employee", {
	id: text("id").primaryKey(),
	number: text("number").notNull(),
	name: text("name").notNull(),
	departmentId: text("department_id"),
	shiftId: text("shift_id"),
	joinedOn: text("joined_on").notNull(),
	leftOn: text("left_on"),
	createdMs: integer("created_ms").notNull(),
	changedMs: integer("changed_ms").notNull(),
});

export const card = sqliteTable("card", {
	id: text("id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	lookup: blob("lookup", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	tail: text("tail").notNull(),
	addedMs: integer("added_ms").notNull(),
	endedMs: integer("ended_ms"),
});

export const pin = sqliteTable("pin", {
	employeeId: text("employee_id").primaryKey(),
	hash: text("hash").notNull(),
	setMs: integer("set_ms").notNull(),
});

export const consent = sqliteTable("consent", {
	id: text("id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	kind: text("kind", { enum: ["face"] }).notNull(),
	textVersion: text("text_version").notNull(),
	textHash: text("text_hash").notNull(),
	lang: text("lang").notNull(),
	channel: text("channel", { enum: ["kiosk", "admin", "paper"] }).notNull(),
	recordedBy: text("recorded_by").notNull(),
	givenMs: integer("given_ms").notNull(),
	withdrawnMs: integer("withdrawn_ms"),
	withdrawnBy: text("withdrawn_by"),
});

export const enrolment = sqliteTable("enrolment", {
	id: text("id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	consentId: text("consent_id").notNull(),
	status: text("status", { enum: ["pending", "approved", "rejected", "replaced", "withdrawn"] }).notNull(),
	channel: text("channel", { enum: ["webcam", "kiosk", "upload"] }).notNull(),
	madeBy: text("made_by").notNull(),
	createdMs: integer("created_ms").notNull(),
	decidedMs: integer("decided_ms"),
	decidedBy: text("decided_by"),
	excusedBy: text("excused_by"),
	excuse: text("excuse"),
});

export const enrolmentPhoto = sqliteTable("enrolment_photo", {
	id: text("id").primaryKey(),
	enrolmentId: text("enrolment_id").notNull(),
	employeeId: text("employee_id").notNull(),
	pose: text("pose").notNull(),
	sealed: blob("sealed", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	sha256: blob("sha256", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	quality: text("quality", { mode: "json" }).notNull(),
	createdMs: integer("created_ms").notNull(),
});

export const template = sqliteTable("template", {
	id: text("id").primaryKey(),
	employeeId: text("employee_id").notNull(),
	photoId: text("photo_id").notNull(),
	enrolmentId: text("enrolment_id").notNull(),
	modelId: text("model_id").notNull(),
	modelLength: integer("model_length").notNull(),
	alignment: text("alignment").notNull(),
	sealed: blob("sealed", { mode: "buffer" }).$type<Uint8Array>().notNull(),
	createdMs: integer("created_ms").notNull(),
});

export const lookalike = sqliteTable("lookalike", {
	firstId: text("first_id").notNull(),
	secondId: text("second_id").notNull(),
	foundMs: integer("found_ms").notNull(),
});
