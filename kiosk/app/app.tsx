/** Puts the right screen on the page. The mirror stays mounted, so the camera never restarts between people. */
import type { ComponentChildren } from "preact";
import { Consent, guideOf, ShotsProgress } from "./screens/enrol.tsx";
import { CardEntry, NumberEntry, PinEntry } from "./screens/entry.tsx";
import { Header, Tools, Warnings } from "./screens/frame.tsx";
import { Clock, DemoCards, MoreWays, Saver, Ways } from "./screens/home.tsx";
import { Makeup } from "./screens/makeup.tsx";
import { Choices, Noted, OfflineFace, Problem, Saved, Sending } from "./screens/notices.tsx";
import { OutOfService, Pairing, PendingApproval } from "./screens/pairing.tsx";
import { Passing } from "./screens/passing.tsx";
import { Earlier, isCalm, Result } from "./screens/result.tsx";
import { Stage } from "./screens/stage.tsx";
import { TurnBelow, turnGuide } from "./screens/turn.tsx";
import type { KioskEvent, KioskState } from "./state.ts";
import { translatorOf } from "./texts.ts";
import type { View } from "./view.ts";

export interface AppProps {
	readonly state: KioskState;
	readonly send: (event: KioskEvent) => void;
	readonly video: (element: HTMLVideoElement | null) => void;
	readonly onRetryCamera: () => void;
	readonly onPairAgain: () => void;
}

export function App({ state, send, video, onRetryCamera, onPairAgain }: AppProps) {
	const view: View = { state, t: translatorOf(state.lang), send };
	const cover = state.standing === "active" ? coverOf(view) : standingPage(view, onPairAgain);
	const { screen } = state;
	const guide = screen.at === "turn" ? turnGuide(screen, view.t) : guideOf(screen, view.t);
	return (
		<div
			class={`kiosk tone-${toneOf(state)}`}
			data-screen={state.standing === "active" ? screen.at : state.standing}
		>
			<Header {...view} />
			<Warnings {...view} />
			<main>
				<div class="home" inert={cover !== undefined}>
					<Clock {...view} />
					<Stage {...{ ...view, video, onRetryCamera, guide }} />
					{screen.at === "turn" ? (
						<TurnBelow {...view} screen={screen} />
					) : screen.at === "shots" ? (
						<ShotsProgress {...view} screen={screen} />
					) : (
						<div class="below">
							<Ways {...view} />
							<DemoCards {...view} />
							<MoreWays {...view} />
						</div>
					)}
				</div>
				{cover}
				<Earlier {...view} />
				<Passing {...view} />
			</main>
			<Tools {...view} />
			{screen.at === "saver" && state.standing === "active" && <Saver {...view} />}
		</div>
	);
}

/** The colour of the whole page: green only for what the box accepted without remark. */
function toneOf({ standing, screen }: KioskState): "plain" | "good" | "amber" | "stop" {
	if (standing !== "active") return "plain";
	if (screen.at === "result") return isCalm(screen.punch.hint) ? "good" : "amber";
	if (screen.at === "saved") return "amber";
	return screen.at === "problem" ? "stop" : "plain";
}

function coverOf(view: View): ComponentChildren | undefined {
	const { screen } = view.state;
	switch (screen.at) {
		case "waiting":
		case "saver":
		case "shots":
		case "turn":
			return undefined;
		case "sending":
			return <Sending {...view} />;
		case "result":
			return <Result {...view} punch={screen.punch} />;
		case "offline_face":
			return <OfflineFace {...view} />;
		case "saved":
			return <Saved {...view} />;
		case "problem":
			return <Problem {...view} screen={screen} />;
		case "choices":
			return <Choices {...view} screen={screen} />;
		case "card":
			return <CardEntry {...view} screen={screen} />;
		case "number":
			return <NumberEntry {...view} screen={screen} />;
		case "pin":
			return <PinEntry {...view} screen={screen} />;
		case "makeup":
			return <Makeup {...view} screen={screen} />;
		case "noted":
			return <Noted {...view} screen={screen} />;
		case "consent":
			return <Consent {...view} screen={screen} />;
	}
}

function standingPage(view: View, onPairAgain: () => void): ComponentChildren {
	const { standing } = view.state;
	if (standing === "active") return undefined;
	if (standing === "unpaired") return <Pairing {...view} />;
	if (standing === "pending") return <PendingApproval {...view} />;
	return <OutOfService {...view} standing={standing} onPairAgain={onPairAgain} />;
}
