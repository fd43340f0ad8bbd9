/** The list of what makes the box ready, each row with what to do next. */
import type { Check, CheckId, CheckState } from "../../server/services/readiness.ts";
import type { RequestContext } from "../../server/web/context.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import { Badge, type Tone } from "../frame/badge.tsx";
import { Icon, type IconName } from "../frame/icons.tsx";

interface Wording {
	readonly icon: IconName;
	readonly title: MessageKey;
	readonly texts: Partial<Readonly<Record<CheckState, MessageKey>>>;
	readonly action?: { readonly href: string; readonly label: MessageKey };
}

const WORDS: Readonly<Record<CheckId, Wording>> = {
	clock: {
		icon: "wait",
		title: "setup.check.clock",
		texts: { ok: "setup.check.clock.ok", warn: "setup.check.clock.warn", bad: "setup.check.clock.bad" },
	},
	disk: {
		icon: "disk",
		title: "setup.check.disk",
		texts: { ok: "setup.check.disk.ok", warn: "setup.check.disk.warn", bad: "setup.check.disk.bad" },
	},
	folder: {
		icon: "lock",
		title: "setup.check.folder",
		texts: { ok: "setup.check.folder.ok", bad: "setup.check.folder.bad" },
	},
	key: {
		icon: "key",
		title: "setup.check.key",
		texts: { ok: "setup.check.key.ok", warn: "setup.check.key.warn" },
	},
	backup: {
		icon: "copy",
		title: "setup.check.backup",
		texts: { ok: "setup.check.backup.ok", warn: "setup.check.backup.warn" },
	},
	employee: {
		icon: "people",
		title: "setup.check.employee",
		texts: { ok: "setup.check.employee.ok", todo: "setup.check.employee.todo" },
		action: { href: "/people", label: "setup.check.employee.action" },
	},
	camera: {
		icon: "camera",
		title: "setup.check.camera",
		texts: { ok: "setup.check.camera.ok", todo: "setup.check.camera.todo", bad: "setup.check.camera.bad" },
		action: { href: "/kiosks", label: "setup.check.camera.action" },
	},
};

const TONES: Readonly<Record<CheckState, Tone>> = { ok: "ok", warn: "warn", todo: "info", bad: "bad" };
const STATES = {
	ok: "setup.ready.state.ok",
	warn: "setup.ready.state.warn",
	todo: "setup.ready.state.todo",
	bad: "setup.ready.state.bad",
} as const;

export const StateBadge = ({ rc, state }: { readonly rc: RequestContext; readonly state: CheckState }) => (
	<Badge tone={TONES[state]}>{rc.t(STATES[state])}</Badge>
);

export const CheckRow = ({ rc, check }: { readonly rc: RequestContext; readonly check: Check }) => {
	const words = WORDS[check.id];
	const text = words.texts[check.state];
	return (
		<li class={`check ${check.state}`} id={`check-${check.id}`}>
			<span class="check-icon">
				<Icon name={words.icon} />
			</span>
			<div>
				<strong>{rc.t(words.title)}</strong>
				{text && <p>{rc.t(text, check.vars)}</p>}
				{check.state !== "ok" && words.action && (
					<a class="button secondary" href={words.action.href}>
						{rc.t(words.action.label)}
					</a>
				)}
			</div>
			<StateBadge rc={rc} state={check.state} />
		</li>
	);
};

/** The browser finds out by itself whether it trusts the box; all answers are here, hidden until then. */
export const BrowserCheck = ({ rc }: { readonly rc: RequestContext }) => (
	<ul class="checks" data-trust-check>
		<li class="check">
			<span class="check-icon">
				<Icon name="shield" />
			</span>
			<div>
				<strong>{rc.t("setup.check.tls")}</strong>
				<p data-trust="wait">{rc.t("setup.check.tls.wait")}</p>
				<p data-trust="ok" hidden>
					{rc.t("setup.check.tls.ok")}
				</p>
				<p data-trust="warn" hidden>
					{rc.t("setup.check.tls.warn")}
				</p>
				<p data-trust="bad" hidden>
					{rc.t("setup.check.tls.bad")}
				</p>
				<a class="button secondary" href="/trust" data-trust="bad" hidden>
					{rc.t("setup.check.tls.action")}
				</a>
			</div>
			<span>
				<span data-trust="wait">
					<Badge tone="wait">…</Badge>
				</span>
				{(["ok", "warn", "bad"] as const).map((state) => (
					<span key={state} data-trust={state} hidden>
						<StateBadge rc={rc} state={state} />
					</span>
				))}
			</span>
		</li>
	</ul>
);
