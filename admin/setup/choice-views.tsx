/** The steps of the new owner: recovery codes, faces, first shift. */
import { minuteText } from "../../server/web/format.ts";
import { Notice } from "../frame/badge.tsx";
import { RadioCards, TextField, TickField } from "../frame/form-field.tsx";
import { RecoveryCodes } from "../login/recovery-codes.tsx";
import { Onward, StepLayout, type StepProps } from "./step-layout.tsx";

export const RecoveryStep = (props: StepProps & { readonly codes: readonly string[] }) => {
	const { rc, errors, codes } = props;
	return (
		<StepLayout
			{...props}
			step="recovery"
			title={rc.t("setup.recovery.title")}
			lead={rc.t("setup.recovery.lead")}
		>
			<RecoveryCodes rc={rc} codes={codes} />
			<form method="post" action="/setup/recovery" class="no-print">
				<TickField rc={rc} name="kept" label={rc.t("setup.recovery.kept")} errors={errors} required />
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

export interface FaceStepProps extends StepProps {
	readonly values: { readonly preset: string; readonly face: string };
}

export const FaceStep = (props: FaceStepProps) => {
	const { rc, errors, values } = props;
	const laws = [
		{ value: "CN", label: rc.t("setup.face.law.CN"), hint: rc.t("setup.face.law.CN_hint") },
		{ value: "EU", label: rc.t("setup.face.law.EU"), hint: rc.t("setup.face.law.EU_hint") },
		{ value: "US", label: rc.t("setup.face.law.US"), hint: rc.t("setup.face.law.US_hint") },
		{ value: "other", label: rc.t("setup.face.law.other"), hint: rc.t("setup.face.law.other_hint") },
	];
	const uses = [
		{ value: "on", label: rc.t("setup.face.on"), hint: rc.t("setup.face.on_hint") },
		{ value: "off", label: rc.t("setup.face.off"), hint: rc.t("setup.face.off_hint") },
	];
	return (
		<StepLayout
			{...props}
			step="face"
			title={rc.t("setup.face.title")}
			lead={rc.t("setup.face.lead")}
			scripts={["admin/setup.js"]}
		>
			<form method="post" action="/setup/face" data-laws>
				<RadioCards
					rc={rc}
					name="preset"
					label={rc.t("setup.face.law")}
					value={values.preset}
					choices={laws}
					errors={errors}
				/>
				<RadioCards
					rc={rc}
					name="face"
					label={rc.t("setup.face.choice")}
					value={values.face}
					choices={uses}
					errors={errors}
				/>
				<div data-eu-note hidden={values.preset !== "EU" || values.face !== "on"}>
					<Notice tone="warn">{rc.t("setup.face.warn_eu")}</Notice>
				</div>
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

export interface ShiftStepProps extends StepProps {
	readonly values: {
		readonly name: string;
		readonly startMin: string;
		readonly endMin: string;
		readonly graceInMin: string;
		readonly breakMin: string;
		readonly weekdays: readonly string[];
	};
}

/** What most offices have. */
export const USUAL_SHIFT = {
	startMin: minuteText(540),
	endMin: minuteText(1080),
	graceInMin: "5",
	breakMin: "60",
	weekdays: ["0", "1", "2", "3", "4"],
};

const DAYS = [
	"setup.shift.day.mon",
	"setup.shift.day.tue",
	"setup.shift.day.wed",
	"setup.shift.day.thu",
	"setup.shift.day.fri",
	"setup.shift.day.sat",
	"setup.shift.day.sun",
] as const;

export const ShiftStep = (props: ShiftStepProps) => {
	const { rc, errors, values } = props;
	const shared = { rc, errors };
	return (
		<StepLayout {...props} step="shift" title={rc.t("setup.shift.title")} lead={rc.t("setup.shift.lead")}>
			<form method="post" action="/setup/shift">
				<TextField {...shared} name="name" label={rc.t("setup.shift.label")} value={values.name} />
				<TimeFields {...props} />
				<MinuteFields {...props} />
				<fieldset class="field">
					<legend>{rc.t("setup.shift.weekdays")}</legend>
					<div class="day-picker">
						{DAYS.map((key, day) => (
							<label key={key}>
								<input
									type="checkbox"
									name="weekdays"
									value={day}
									checked={values.weekdays.includes(String(day))}
								/>
								<span>{rc.t(key)}</span>
							</label>
						))}
					</div>
				</fieldset>
				<Onward label={rc.t("app.continue")} />
			</form>
		</StepLayout>
	);
};

const TimeFields = ({ rc, errors, values }: ShiftStepProps) => {
	const shared = { rc, errors, type: "time" } as const;
	const hint = rc.t("setup.shift.end_hint");
	return (
		<div class="field-row">
			<TextField {...shared} name="startMin" label={rc.t("setup.shift.start")} value={values.startMin} />
			<TextField
				{...shared}
				name="endMin"
				label={rc.t("setup.shift.end")}
				hint={hint}
				value={values.endMin}
			/>
		</div>
	);
};

const MinuteFields = ({ rc, errors, values }: ShiftStepProps) => {
	const shared = { rc, errors, type: "number", input: { inputmode: "numeric", min: 0, max: 480 } } as const;
	const hint = rc.t("setup.shift.grace_hint");
	return (
		<div class="field-row">
			<TextField
				{...shared}
				name="graceInMin"
				label={rc.t("setup.shift.grace")}
				hint={hint}
				value={values.graceInMin}
			/>
			<TextField {...shared} name="breakMin" label={rc.t("setup.shift.break")} value={values.breakMin} />
		</div>
	);
};
