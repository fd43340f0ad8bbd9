/** Services about the people on the staff. */
import { HEADER_NAMES } from "../../admin/import/import-names.ts";
import { makeCardLearning } from "../services/card-learning.ts";
import { makeCards } from "../services/cards.ts";
import { makeDepartments } from "../services/departments.ts";
import { makeEmployees } from "../services/employees.ts";
import type { Hashing } from "../services/hashing.ts";
import { makePeopleImport } from "../services/people-import.ts";
import { makePins } from "../services/pins.ts";
import { makeShifts } from "../services/shifts.ts";
import type { Base } from "./base.ts";

export type People = ReturnType<typeof composePeople>;

/** Employees with their cards, numbers, departments and shifts. */
export function composePeople(base: Base, hashing: Hashing) {
	const cards = makeCards(base);
	return {
		cards,
		cardLearning: makeCardLearning({ ...base, cards }),
		pins: makePins({ ...base, hashing }),
		employees: makeEmployees(base),
		departments: makeDepartments(base),
		shifts: makeShifts(base),
		peopleImport: makePeopleImport({ ...base, names: HEADER_NAMES }),
	};
}
