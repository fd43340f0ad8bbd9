import { expect, test } from "bun:test";
import { localVoice } from "./voice.ts";

const voice = (name: string, lang: string, localService = true) =>
	({ name, lang, localService, default: false, voiceURI: name }) as SpeechSynthesisVoice;

test.each([
	["zh-CN", [voice("remote", "zh-CN", false)], undefined],
	["zh-CN", [voice("remote", "zh-CN", false), voice("own", "zh_CN_#Hans")], "own"],
	["zh-CN", [voice("cantonese", "zh-HK"), voice("mandarin", "cmn-CN")], "mandarin"],
	["en", [voice("mandarin", "zh-CN"), voice("english", "en-GB")], "english"],
	["en", [], undefined],
] as const)("%s picks only voices of the device", (lang, voices, expected) => {
	expect(localVoice(voices, lang)?.name).toBe(expected);
});
