/** The steps that make a device trust the box, one list per system. */
import type { ComponentChildren } from "preact";
import type { T } from "../../server/web/i18n.ts";
import type { MessageKey } from "../../server/web/messages.ts";
import type { DeviceSystem, TrustView } from "./trust-view.ts";

interface Guide {
	readonly system: DeviceSystem;
	readonly title: MessageKey;
	readonly button: MessageKey;
	readonly file: string;
	readonly steps: readonly MessageKey[];
}

/** Windows opens `.cer` files by a double click, Apple takes a profile, everything else a PEM file. */
const GUIDES: readonly Guide[] = [
	{
		system: "android",
		title: "trust.os.android",
		button: "trust.download",
		file: "/trust/ca.crt",
		steps: [
			"trust.android.download",
			"trust.android.settings",
			"trust.android.install",
			"trust.android.back",
		],
	},
	{
		system: "ios",
		title: "trust.os.ios",
		button: "trust.download_profile",
		file: "/trust/ca.mobileconfig",
		steps: ["trust.ios.download", "trust.ios.install", "trust.ios.trust", "trust.ios.back"],
	},
	{
		system: "windows",
		title: "trust.os.windows",
		button: "trust.download",
		file: "/trust/ca.cer",
		steps: ["trust.windows.download", "trust.windows.install", "trust.windows.store", "trust.windows.back"],
	},
	{
		system: "mac",
		title: "trust.os.mac",
		button: "trust.download",
		file: "/trust/ca.cer",
		steps: ["trust.mac.download", "trust.mac.trust", "trust.mac.back"],
	},
	{
		system: "linux",
		title: "trust.os.linux",
		button: "trust.download",
		file: "/trust/ca.crt",
		steps: ["trust.linux.download", "trust.linux.chromium", "trust.linux.system", "trust.linux.back"],
	},
];

const COMMANDS: Partial<Record<MessageKey, string>> = {
	"trust.linux.chromium": 'certutil -d sql:"$HOME/.pki/nssdb" -A -t C,, -n Dianmao -i dianmao-ca.crt',
	"trust.linux.system":
		"sudo cp dianmao-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates",
};

const Command = ({ text }: { readonly text?: string }) =>
	text ? (
		<pre>
			<code>{text}</code>
		</pre>
	) : null;

function GuideCard({ guide, open, t, name }: { guide: Guide; open: boolean; t: T; name: string }) {
	const steps: ComponentChildren[] = guide.steps.map((key) => (
		<li key={key}>
			{t(key, { name })}
			<Command text={COMMANDS[key]} />
		</li>
	));
	return (
		<details class="guide" name="guide" data-system={guide.system} open={open}>
			<summary>{t(guide.title)}</summary>
			<a class="action download" href={guide.file} download>
				{t(guide.button)}
			</a>
			<ol>{steps}</ol>
		</details>
	);
}

/** All guides, the one for this device open and first. */
export function TrustSteps({ view, t }: { readonly view: TrustView; readonly t: T }) {
	const isOwn = (guide: Guide) => guide.system === view.system;
	const ordered = [...GUIDES].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
	return (
		<section aria-labelledby="steps-title">
			<h2 id="steps-title">{t("trust.steps.title")}</h2>
			<p class="quiet">{t("trust.steps.lead")}</p>
			{ordered.map((guide) => (
				<GuideCard key={guide.system} guide={guide} open={isOwn(guide)} t={t} name={view.authorityName} />
			))}
		</section>
	);
}
