/** The neutral report table: what a report says, before anyone decides whether it becomes Excel or CSV. */
import type { DateText } from "../base/units.ts";

/**
 * text: as it is · number: plain · minutes: a duration, shown as h:mm · instant: epoch ms UTC, shown in the table's zone ·
 * date: `YYYY-MM-DD`.
 */
export type ColumnKind = "text" | "number" | "minutes" | "instant" | "date";

export interface TableColumn {
	/** Already translated. */
	readonly title: string;
	readonly kind: ColumnKind;
	/** In characters; by kind and content when absent. */
	readonly width?: number;
}

/** Strings for text and dates, numbers for the rest, null for nothing. */
export type TableCell = string | number | null;

export interface ReportTable {
	/** Name of the sheet. */
	readonly title: string;
	readonly columns: readonly TableColumn[];
	readonly rows: readonly (readonly TableCell[])[];
	/** IANA zone in which instants are shown. */
	readonly zone: string;
}

/** A finished file to hand to a browser. */
export interface ExportFile {
	readonly name: string;
	readonly contentType: string;
	readonly bytes: Uint8Array;
}

/** 95 → 1:35; negative durations keep their sign. */
export const minutesText = (minutes: number): string => {
	const size = Math.abs(Math.round(minutes));
	return `${minutes < 0 ? "-" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
};

/** `2026-03-02 08:59:07` by the wall clock of `zone`. */
export function instantText(epochMs: number, zone: string): string {
	const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDateTime();
	return local.toString({ smallestUnit: "second" }).replace("T", " ");
}

export const isDateText = (text: string): text is DateText => /^\d{4}-\d\d-\d\d$/.test(text);

/** A file name that every system takes: no separators, no control or wildcard characters, no leading dot. */
export const safeFileName = (name: string): string =>
	name
		.normalize("NFC")
		.replace(/[\p{Cc}\\/:*?"<>|\u202a-\u202e]/gu, "_")
		.replace(/^\.+/, "_")
		.slice(0, 100) || "export";
