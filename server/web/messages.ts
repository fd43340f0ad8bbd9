/**
 * Every sentence of the server-rendered pages, by language and typed key. One line per area and language below;
 * a key missing in Chinese, or left over there, does not compile.
 */
import accountsEn from "../../assets/locales/accounts.en.json";
import accountsZh from "../../assets/locales/accounts.zh-CN.json";
import appEn from "../../assets/locales/app.en.json";
import appZh from "../../assets/locales/app.zh-CN.json";
import auditEn from "../../assets/locales/audit.en.json";
import auditZh from "../../assets/locales/audit.zh-CN.json";
import boardEn from "../../assets/locales/board.en.json";
import boardZh from "../../assets/locales/board.zh-CN.json";
import consentEn from "../../assets/locales/consent.en.json";
import consentZh from "../../assets/locales/consent.zh-CN.json";
import daysEn from "../../assets/locales/days.en.json";
import daysZh from "../../assets/locales/days.zh-CN.json";
import departmentsEn from "../../assets/locales/departments.en.json";
import departmentsZh from "../../assets/locales/departments.zh-CN.json";
import doubtsEn from "../../assets/locales/doubts.en.json";
import doubtsZh from "../../assets/locales/doubts.zh-CN.json";
import edgeEn from "../../assets/locales/edge.en.json";
import edgeZh from "../../assets/locales/edge.zh-CN.json";
import enrolEn from "../../assets/locales/enrol.en.json";
import enrolZh from "../../assets/locales/enrol.zh-CN.json";
import errorsEn from "../../assets/locales/errors.en.json";
import errorsZh from "../../assets/locales/errors.zh-CN.json";
import dataExportEn from "../../assets/locales/export.en.json";
import dataExportZh from "../../assets/locales/export.zh-CN.json";
import faceEn from "../../assets/locales/face.en.json";
import faceZh from "../../assets/locales/face.zh-CN.json";
import facesEn from "../../assets/locales/faces.en.json";
import facesZh from "../../assets/locales/faces.zh-CN.json";
import staffImportEn from "../../assets/locales/import.en.json";
import staffImportZh from "../../assets/locales/import.zh-CN.json";
import kiosksEn from "../../assets/locales/kiosks.en.json";
import kiosksZh from "../../assets/locales/kiosks.zh-CN.json";
import loginEn from "../../assets/locales/login.en.json";
import loginZh from "../../assets/locales/login.zh-CN.json";
import makeupsEn from "../../assets/locales/makeups.en.json";
import makeupsZh from "../../assets/locales/makeups.zh-CN.json";
import packsEn from "../../assets/locales/packs.en.json";
import packsZh from "../../assets/locales/packs.zh-CN.json";
import peopleEn from "../../assets/locales/people.en.json";
import peopleZh from "../../assets/locales/people.zh-CN.json";
import photoEn from "../../assets/locales/photo.en.json";
import photoZh from "../../assets/locales/photo.zh-CN.json";
import punchesEn from "../../assets/locales/punches.en.json";
import punchesZh from "../../assets/locales/punches.zh-CN.json";
import settingsEn from "../../assets/locales/settings.en.json";
import settingsZh from "../../assets/locales/settings.zh-CN.json";
import setupEn from "../../assets/locales/setup.en.json";
import setupZh from "../../assets/locales/setup.zh-CN.json";
import shiftsEn from "../../assets/locales/shifts.en.json";
import shiftsZh from "../../assets/locales/shifts.zh-CN.json";
import tlsEn from "../../assets/locales/tls.en.json";
import tlsZh from "../../assets/locales/tls.zh-CN.json";
import trustEn from "../../assets/locales/trust.en.json";
import trustZh from "../../assets/locales/trust.zh-CN.json";
import type { Lang } from "../base/translate.ts";

const en = {
	...settingsEn,
	...punchesEn,
	...makeupsEn,
	...kiosksEn,
	...doubtsEn,
	...daysEn,
	...boardEn,
	...packsEn,
	...peopleEn,
	...departmentsEn,
	...shiftsEn,
	...staffImportEn,
	...dataExportEn,
	...photoEn,
	...faceEn,
	...facesEn,
	...enrolEn,
	...consentEn,
	...accountsEn,
	...appEn,
	...auditEn,
	...edgeEn,
	...errorsEn,
	...loginEn,
	...setupEn,
	...tlsEn,
	...trustEn,
};
const zh = {
	...settingsZh,
	...punchesZh,
	...makeupsZh,
	...kiosksZh,
	...doubtsZh,
	...daysZh,
	...boardZh,
	...packsZh,
	...peopleZh,
	...departmentsZh,
	...shiftsZh,
	...staffImportZh,
	...dataExportZh,
	...photoZh,
	...faceZh,
	...facesZh,
	...enrolZh,
	...consentZh,
	...accountsZh,
	...appZh,
	...auditZh,
	...edgeZh,
	...errorsZh,
	...loginZh,
	...setupZh,
	...tlsZh,
	...trustZh,
};

/** Every known key, as `app.save`. */
export type MessageKey = keyof typeof en;

type Complete = Readonly<Record<MessageKey, string>>;

/** All sentences of one language. */
export const MESSAGES: Readonly<Record<Lang, Complete>> = { en, "zh-CN": zh satisfies Complete };

/** True when `key` has a sentence; for codes that arrive as plain text. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);
