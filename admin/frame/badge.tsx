/** Status chips. The state is in the icon and the word, never in the colour alone. */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons.tsx";

export type Tone = "ok" | "warn" | "bad" | "info" | "wait" | "quiet";

const ICONS: Readonly<Record<Tone, IconName | undefined>> = {
	ok: "ok",
	warn: "warn",
	bad: "bad",
	info: "info",
	wait: "wait",
	quiet: undefined,
};

export interface BadgeProps {
	readonly tone: Tone;
	/** Replaces the tone's own icon. */
	readonly icon?: IconName;
	readonly children: ComponentChildren;
}

export function Badge({ tone, icon = ICONS[tone], children }: BadgeProps) {
	return (
		<span class={`badge ${tone}`}>
			{icon && <Icon name={icon} />}
			{children}
		</span>
	);
}

/** A notice across the page or a card: what is so, and what to do. */
export const Notice = ({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) => (
	<div class={`notice ${tone}`} role={tone === "bad" ? "alert" : "note"}>
		<Icon name={ICONS[tone] ?? "info"} />
		<div>{children}</div>
	</div>
);
