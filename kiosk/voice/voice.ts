/**
 * The kiosk's voice: speaks where the device itself has a voice of the language, else plays the recorded chimes.
 * Voices that run on a distant server are never used: nothing said at the door may leave the site.
 */
import type { Lang } from "../../server/base/translate.ts";
import type { Phrase } from "../app/state.ts";

export interface Voice {
	/** Cuts off what is still being said. */
	say(phrase: Phrase, text: string, lang: Lang): void;
}

export interface VoiceDeps {
	/** Folder of the chimes, without a slash at the end. */
	readonly chimes: string;
	/** 0–1. */
	readonly volume: number;
}

export function makeVoice({ chimes, volume }: VoiceDeps): Voice {
	const players = new Map<Phrase, HTMLAudioElement>();
	const speech = typeof speechSynthesis === "undefined" ? undefined : speechSynthesis;
	speech?.getVoices();

	function chime(phrase: Phrase): void {
		const player = players.get(phrase) ?? new Audio(`${chimes}/${phrase}.wav`);
		players.set(phrase, player);
		player.volume = volume;
		player.currentTime = 0;
		player.play().catch(() => undefined);
	}

	return {
		say(phrase, text, lang) {
			speech?.cancel();
			const voice = speech && localVoice(speech.getVoices(), lang);
			if (!speech || !voice) return chime(phrase);
			const words = new SpeechSynthesisUtterance(text);
			words.voice = voice;
			words.lang = voice.lang;
			words.volume = volume;
			words.onerror = ({ error }) => {
				if (error !== "canceled" && error !== "interrupted") chime(phrase);
			};
			speech.speak(words);
		},
	};
}

/** The best voice of the language that runs on this device; Mandarin for Chinese, never Cantonese. */
export function localVoice(
	voices: readonly SpeechSynthesisVoice[],
	lang: Lang,
): SpeechSynthesisVoice | undefined {
	const wanted = lang === "en" ? /^en([-_]|$)/i : /^(zh|(zh[-_](CN|Hans|SG)|cmn)([-_].*)?)$/i;
	const fitting = voices.filter((voice) => voice.localService && wanted.test(voice.lang));
	return fitting.find((voice) => voice.default) ?? fitting[0];
}
