/** Filters above a table. Changing one refreshes the table and the address; without script there is a button. On a phone all but the search fold away. */
import type { ComponentChildren } from "preact";
import type { RequestContext } from "../../server/web/context.ts";
import { Icon } from "./icons.tsx";
import { liveForm } from "./live-link.ts";

export interface FilterBarProps {
	readonly rc: RequestContext;
	readonly action: string;
	/** Id of the table block to refresh. */
	readonly target: string;
	readonly children: ComponentChildren;
}

export const FilterBar = ({ rc, action, target, children }: FilterBarProps) => (
	<form class="filters" {...liveForm(action, target)}>
		{children}
		<button type="button" class="secondary filters-more" data-unfolds>
			<Icon name="filter" />
			{rc.t("app.filter")}
		</button>
		<noscript>
			<button type="submit" class="secondary">
				{rc.t("app.filter")}
			</button>
		</noscript>
		<a class="filters-clear" href={action}>
			{rc.t("app.filter.clear")}
		</a>
	</form>
);

export interface FilterFieldProps {
	readonly name: string;
	readonly label: string;
	readonly value?: string;
}

export const SearchField = ({ name, label, value = "" }: FilterFieldProps) => (
	<label class="filter search-field">
		<span class="sr-only">{label}</span>
		<Icon name="search" />
		<input
			type="search"
			name={name}
			value={value}
			placeholder={label}
			autocomplete="off"
			enterkeyhint="search"
		/>
	</label>
);

export interface SelectFilterProps extends FilterFieldProps {
	/** Without the empty choice, which means all and is put first. */
	readonly choices: readonly { readonly value: string; readonly label: string }[];
	readonly all: string;
}

export const SelectFilter = ({ name, label, value = "", choices, all }: SelectFilterProps) => (
	<label class="filter">
		<span>{label}</span>
		<select name={name}>
			<option value="">{all}</option>
			{choices.map((choice) => (
				<option key={choice.value} value={choice.value} selected={choice.value === value}>
					{choice.label}
				</option>
			))}
		</select>
	</label>
);

export const DateFilter = ({ name, label, value = "" }: FilterFieldProps) => (
	<label class="filter">
		<span>{label}</span>
		<input type="date" name={name} value={value} />
	</label>
);
