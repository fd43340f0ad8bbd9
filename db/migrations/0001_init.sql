-- The first schema. Append-only file: later changes are new migrations.

CREATE TABLE setting (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL CHECK (json_valid(value)),
	changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	parent_id TEXT REFERENCES department (id),
	-- the shift of its people who have none of their own
	shift_id TEXT REFERENCES shift (id),
	created_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX department_by_name ON department (ifnull(parent_id, ''), name);

CREATE TABLE shift (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	-- minutes after 00:00 of the work date; the end may pass 1440
	start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
	end_min INTEGER NOT NULL CHECK (end_min > start_min AND end_min <= start_min + 1440),
	grace_in_min INTEGER NOT NULL CHECK (grace_in_min BETWEEN 0 AND 240),
	grace_out_min INTEGER NOT NULL CHECK (grace_out_min BETWEEN 0 AND 240),
	break_min INTEGER NOT NULL CHECK (break_min BETWEEN 0 AND 480),
	-- bit 0 = Monday … bit 6 = Sunday
	weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
	created_ms INTEGER NOT NULL,
	changed_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE employee (
	id TEXT PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	department_id TEXT REFERENCES department (id),
	shift_id TEXT REFERENCES shift (id),
	joined_on TEXT NOT NULL,
	-- the last working day, inclusive
	left_on TEXT CHECK (left_on >= joined_on),
	created_ms INTEGER NOT NULL,
	changed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX employee_by_department ON employee (department_id);

-- Card numbers are never stored: `lookup` is an HMAC under the host key, `tail` the last characters for people's eyes.
CREATE TABLE card (
	id TEXT PRIMARY KEY,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	lookup BLOB NOT NULL CHECK (length(lookup) = 32),
	tail TEXT NOT NULL,
	added_ms INTEGER NOT NULL,
	ended_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX card_in_use ON card (lookup) WHERE ended_ms IS NULL;
CREATE INDEX card_by_employee ON card (employee_id);

CREATE TABLE pin (
	employee_id TEXT PRIMARY KEY REFERENCES employee (id),
	hash TEXT NOT NULL,
	set_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
	id TEXT PRIMARY KEY,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	kind TEXT NOT NULL CHECK (kind IN ('face')),
	text_version TEXT NOT NULL,
	text_hash TEXT NOT NULL,
	lang TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('kiosk', 'admin', 'paper')),
	recorded_by TEXT NOT NULL,
	given_ms INTEGER NOT NULL,
	withdrawn_ms INTEGER,
	withdrawn_by TEXT
) STRICT;
CREATE UNIQUE INDEX consent_in_force ON consent (employee_id, kind) WHERE withdrawn_ms IS NULL;

CREATE TABLE enrolment (
	id TEXT PRIMARY KEY,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	consent_id TEXT NOT NULL REFERENCES consent (id),
	status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'replaced', 'withdrawn')),
	channel TEXT NOT NULL CHECK (channel IN ('webcam', 'kiosk', 'upload')),
	made_by TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	decided_ms INTEGER,
	decided_by TEXT,
	-- the first of two who say that a face enrolled under another number is right here too
	excused_by TEXT,
	excuse TEXT
) STRICT;
CREATE INDEX enrolment_by_employee ON enrolment (employee_id, status);
CREATE INDEX enrolment_by_status ON enrolment (status, created_ms);

-- Photos and templates are sealed under the person's own biometric key.
CREATE TABLE enrolment_photo (
	id TEXT PRIMARY KEY,
	enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
	employee_id TEXT NOT NULL REFERENCES employee (id),
	pose TEXT NOT NULL,
	sealed BLOB NOT NULL,
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	quality TEXT NOT NULL CHECK (json_valid(quality)),
	created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX enrolment_photo_by_enrolment ON enrolment_photo (enrolment_id);
CREATE INDEX enrolment_photo_by_employee ON enrolment_photo (employee_id);

CREATE TABLE template (
	id TEXT PRIMARY KEY,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	photo_id TEXT NOT NULL REFERENCES enrolment_photo (id),
	enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
	model_id TEXT NOT NULL,
	model_length INTEGER NOT NULL,
	alignment TEXT NOT NULL,
	sealed BLOB NOT NULL,
	created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX template_by_employee ON template (employee_id);
CREATE INDEX template_by_enrolment ON template (enrolment_id);
-- which photos lack a template of a net: without it that question goes with the square of the people
CREATE INDEX template_by_photo ON template (photo_id, alignment);

-- Pairs of people whose faces are too alike for face alone.
CREATE TABLE lookalike (
	first_id TEXT NOT NULL REFERENCES employee (id),
	second_id TEXT NOT NULL REFERENCES employee (id),
	found_ms INTEGER NOT NULL,
	PRIMARY KEY (first_id, second_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk (
	id TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	place TEXT NOT NULL,
	direction TEXT NOT NULL CHECK (direction IN ('auto', 'in', 'out')),
	status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'revoked')),
	public_key BLOB NOT NULL,
	label TEXT NOT NULL,
	counter INTEGER NOT NULL,
	created_ms INTEGER NOT NULL,
	decided_ms INTEGER,
	decided_by TEXT,
	seen_ms INTEGER,
	camera_proved_ms INTEGER,
	-- several people are named in passing, without stopping
	passing INTEGER NOT NULL DEFAULT 0 CHECK (passing IN (0, 1)),
	health TEXT NOT NULL CHECK (json_valid(health))
) STRICT;

-- What a door saw on a day, about nobody in particular: how searches ended, the light of the faces, what it had to ask for.
CREATE TABLE door_day (
	kiosk_id TEXT NOT NULL REFERENCES kiosk (id),
	day TEXT NOT NULL,
	sure INTEGER NOT NULL,
	marginal INTEGER NOT NULL,
	ambiguous INTEGER NOT NULL,
	unknown INTEGER NOT NULL,
	-- faces measured, and the sums of their light and sharpness
	faces INTEGER NOT NULL,
	luma REAL NOT NULL,
	clipped REAL NOT NULL,
	side_light REAL NOT NULL,
	sharpness REAL NOT NULL,
	-- looks with a face in view, and in how many of them the door asked for something
	looks INTEGER NOT NULL,
	dark INTEGER NOT NULL,
	bright INTEGER NOT NULL,
	glare INTEGER NOT NULL,
	side_lit INTEGER NOT NULL,
	blurry INTEGER NOT NULL,
	far INTEGER NOT NULL,
	PRIMARY KEY (kiosk_id, day)
) STRICT, WITHOUT ROWID;

-- What an owner wants done with the punches a kiosk could not hand in; gone once it is done.
CREATE TABLE stuck_order (
	kiosk_id TEXT PRIMARY KEY REFERENCES kiosk (id),
	what TEXT NOT NULL CHECK (what IN ('retry', 'hand_over')),
	ordered_by TEXT NOT NULL,
	ordered_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Punches that the box could not take in, sealed as the kiosk made them. Kept for good.
CREATE TABLE set_aside (
	id TEXT PRIMARY KEY,
	kiosk_id TEXT NOT NULL REFERENCES kiosk (id),
	sealed TEXT NOT NULL,
	code TEXT NOT NULL,
	made_ms INTEGER NOT NULL,
	received_ms INTEGER NOT NULL,
	-- ledger leaf that seals its hash
	seq INTEGER NOT NULL
) STRICT;
CREATE INDEX set_aside_by_kiosk ON set_aside (kiosk_id, made_ms);

CREATE TABLE pairing_code (
	hash BLOB PRIMARY KEY,
	name TEXT NOT NULL,
	place TEXT NOT NULL,
	direction TEXT NOT NULL,
	made_by TEXT NOT NULL,
	expires_ms INTEGER NOT NULL,
	used_ms INTEGER
) STRICT, WITHOUT ROWID;

-- The ledger `attlog/v1`: leaves, complete tree nodes, signed checkpoints.
CREATE TABLE ledger_leaf (
	seq INTEGER PRIMARY KEY,
	type TEXT NOT NULL,
	time TEXT NOT NULL,
	salt BLOB,
	body BLOB,
	-- stays when salt and body are erased, so the leaf can still be recomputed
	commitment BLOB NOT NULL CHECK (length(commitment) = 32),
	leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
CREATE TABLE ledger_node (
	level INTEGER NOT NULL,
	idx INTEGER NOT NULL,
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_checkpoint (
	size INTEGER PRIMARY KEY,
	note TEXT NOT NULL,
	at_ms INTEGER NOT NULL
) STRICT;

-- Raw punches: `seq` is the sequence number of the sealing leaf. Never changed, never deleted.
-- OR, not IN: a list makes SQLite build a temporary table at each insert, a third of its cost
CREATE TABLE punch (
	seq INTEGER PRIMARY KEY REFERENCES ledger_leaf (seq),
	id TEXT NOT NULL UNIQUE,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	at_ms INTEGER NOT NULL,
	received_ms INTEGER NOT NULL,
	zone TEXT NOT NULL,
	work_date TEXT NOT NULL,
	method TEXT NOT NULL CHECK (method = 'face' OR method = 'card' OR method = 'fingerprint' OR method = 'pin' OR method = 'phone' OR method = 'makeup'),
	source TEXT NOT NULL CHECK (source = 'live' OR source = 'queued' OR source = 'terminal' OR source = 'import' OR source = 'makeup'),
	device_id TEXT,
	device_counter INTEGER,
	direction TEXT NOT NULL CHECK (direction = 'in' OR direction = 'out'),
	clock TEXT NOT NULL CHECK (clock = 'ok' OR clock = 'unsync' OR clock = 'jumped'),
	doubts TEXT NOT NULL CHECK (json_valid(doubts)),
	match TEXT NOT NULL CHECK (json_valid(match)),
	photo_sha256 BLOB
) STRICT;
-- with `at_ms`, or the planner takes `punch_by_day` for the order and reads everybody's punches of the day
CREATE INDEX punch_by_person_day ON punch (employee_id, work_date, at_ms);
CREATE INDEX punch_by_day ON punch (work_date, at_ms);
CREATE INDEX punch_doubtful ON punch (seq) WHERE doubts <> '[]' OR clock <> 'ok';

-- What was learnt about a punch later: added beside it, never into it.
CREATE TABLE punch_note (
	id TEXT PRIMARY KEY,
	punch_id TEXT NOT NULL REFERENCES punch (id),
	kind TEXT NOT NULL CHECK (kind IN ('not_me', 'mismatch', 'verified', 'unverifiable', 'confirmed', 'voided')),
	reason TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	seq INTEGER NOT NULL REFERENCES ledger_leaf (seq)
) STRICT;
CREATE INDEX punch_note_by_punch ON punch_note (punch_id);
CREATE INDEX punch_note_contradicting ON punch_note (punch_id) WHERE kind IN ('not_me', 'mismatch');

CREATE TABLE punch_photo (
	punch_id TEXT PRIMARY KEY REFERENCES punch (id),
	employee_id TEXT NOT NULL REFERENCES employee (id),
	sealed BLOB NOT NULL,
	taken_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX punch_photo_by_age ON punch_photo (taken_ms);
CREATE INDEX punch_photo_by_employee ON punch_photo (employee_id);

CREATE TABLE makeup_request (
	id TEXT PRIMARY KEY,
	employee_id TEXT NOT NULL REFERENCES employee (id),
	claimed_ms INTEGER NOT NULL,
	made_ms INTEGER NOT NULL,
	device_id TEXT,
	reason TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('open', 'approved', 'refused')),
	decided_by TEXT,
	decided_ms INTEGER,
	punch_id TEXT
) STRICT;
CREATE INDEX makeup_request_by_status ON makeup_request (status, made_ms);

-- Derived from punches and shifts by `refreshDay` alone; may be rebuilt at any time.
CREATE TABLE day_record (
	employee_id TEXT NOT NULL REFERENCES employee (id),
	work_date TEXT NOT NULL,
	shift_id TEXT,
	status TEXT NOT NULL,
	first_in_ms INTEGER,
	last_out_ms INTEGER,
	last_direction TEXT,
	punches INTEGER NOT NULL,
	doubtful INTEGER NOT NULL,
	late_min INTEGER NOT NULL,
	early_min INTEGER NOT NULL,
	worked_min INTEGER,
	refreshed_ms INTEGER NOT NULL,
	PRIMARY KEY (employee_id, work_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_record_by_date ON day_record (work_date, status);

-- People who sign in to the back office.
CREATE TABLE account (
	id TEXT PRIMARY KEY,
	login TEXT NOT NULL UNIQUE COLLATE NOCASE,
	name TEXT NOT NULL,
	role TEXT NOT NULL CHECK (role IN ('owner', 'hr', 'manager', 'auditor')),
	password_hash TEXT,
	totp_sealed BLOB,
	totp_step INTEGER NOT NULL DEFAULT 0,
	lang TEXT NOT NULL,
	employee_id TEXT REFERENCES employee (id),
	created_ms INTEGER NOT NULL,
	disabled_ms INTEGER
) STRICT;
CREATE TABLE account_department (
	account_id TEXT NOT NULL REFERENCES account (id),
	department_id TEXT NOT NULL REFERENCES department (id),
	PRIMARY KEY (account_id, department_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_invite (
	hash BLOB PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE passkey (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	public_key BLOB NOT NULL,
	counter INTEGER NOT NULL,
	transports TEXT NOT NULL,
	name TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	used_ms INTEGER
) STRICT;
CREATE TABLE recovery_code (
	account_id TEXT NOT NULL REFERENCES account (id),
	hash BLOB NOT NULL,
	used_ms INTEGER,
	PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
	token_hash BLOB PRIMARY KEY,
	account_id TEXT NOT NULL REFERENCES account (id),
	created_ms INTEGER NOT NULL,
	used_ms INTEGER NOT NULL,
	-- last time a second factor was shown; sensitive acts want it fresh
	proved_ms INTEGER NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account_id);

-- Failed tries by subject (login, address, PIN, kiosk); survives restarts.
CREATE TABLE throttle (
	subject TEXT PRIMARY KEY,
	fails INTEGER NOT NULL,
	until_ms INTEGER NOT NULL,
	changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
	id INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'kiosk', 'box')),
	actor_id TEXT NOT NULL,
	action TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id TEXT NOT NULL,
	detail TEXT NOT NULL CHECK (json_valid(detail)),
	address TEXT NOT NULL,
	-- ledger leaf that seals the act; looks at data have none
	seq INTEGER REFERENCES ledger_leaf (seq)
) STRICT;
CREATE INDEX audit_by_time ON audit (at_ms);
CREATE INDEX audit_by_object ON audit (object_kind, object_id, at_ms);

CREATE TABLE clock_event (
	seq INTEGER PRIMARY KEY REFERENCES ledger_leaf (seq),
	at_ms INTEGER NOT NULL,
	delta_ms INTEGER NOT NULL,
	settled_ms INTEGER
) STRICT;

-- Refused tries at the doors, counted per kind, door and person until somebody has seen them. The service keeps it small.
CREATE TABLE alarm (
	kind TEXT NOT NULL,
	-- '' for a device that is not paired
	kiosk_id TEXT NOT NULL,
	-- '' when it is about nobody in particular
	employee_id TEXT NOT NULL,
	tries INTEGER NOT NULL CHECK (tries > 0),
	first_ms INTEGER NOT NULL,
	last_ms INTEGER NOT NULL,
	-- network address of the last forged request
	address TEXT NOT NULL,
	PRIMARY KEY (kind, kiosk_id, employee_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE file_job (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL,
	made_by TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
	done INTEGER NOT NULL,
	total INTEGER NOT NULL,
	report TEXT NOT NULL CHECK (json_valid(report)),
	created_ms INTEGER NOT NULL,
	ended_ms INTEGER
) STRICT;

CREATE INDEX file_job_running ON file_job (kind) WHERE state = 'running';

-- What an import of people is about to write, piece by piece; kept until it is written, so that a stop of the box cannot halve it.
CREATE TABLE import_piece (
	job_id TEXT NOT NULL REFERENCES file_job (id),
	piece INTEGER NOT NULL,
	steps TEXT NOT NULL,
	PRIMARY KEY (job_id, piece)
) STRICT, WITHOUT ROWID;

-- Append-only guards. `recursive_triggers` is ON, so INSERT OR REPLACE meets the delete guards too.
CREATE TRIGGER punch_kept BEFORE DELETE ON punch BEGIN SELECT raise(ABORT, 'punch is append-only'); END;
CREATE TRIGGER punch_unchanged BEFORE UPDATE ON punch BEGIN SELECT raise(ABORT, 'punch is append-only'); END;
CREATE TRIGGER set_aside_kept BEFORE DELETE ON set_aside BEGIN SELECT raise(ABORT, 'set_aside is append-only'); END;
CREATE TRIGGER set_aside_unchanged BEFORE UPDATE ON set_aside BEGIN SELECT raise(ABORT, 'set_aside is append-only'); END;
CREATE TRIGGER punch_note_kept BEFORE DELETE ON punch_note BEGIN SELECT raise(ABORT, 'punch_note is append-only'); END;
CREATE TRIGGER punch_note_unchanged BEFORE UPDATE ON punch_note BEGIN SELECT raise(ABORT, 'punch_note is append-only'); END;
CREATE TRIGGER ledger_leaf_kept BEFORE DELETE ON ledger_leaf BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_leaf_unchanged BEFORE UPDATE OF seq, type, time, commitment, leaf ON ledger_leaf
	BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_body_only_erased BEFORE UPDATE OF salt, body ON ledger_leaf
	WHEN new.salt IS NOT NULL OR new.body IS NOT NULL
	BEGIN SELECT raise(ABORT, 'a ledger body can only be erased'); END;
CREATE TRIGGER ledger_node_kept BEFORE DELETE ON ledger_node BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_node_unchanged BEFORE UPDATE ON ledger_node BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_checkpoint_kept BEFORE DELETE ON ledger_checkpoint BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_checkpoint_unchanged BEFORE UPDATE ON ledger_checkpoint BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is append-only'); END;
