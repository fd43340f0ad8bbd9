/** The evaluation as one page: tables and two plots per scenario, drawn here, without scripts. */
import type { Rate } from "./bounds.ts";
import type { Curves } from "./curves.ts";
import type { NetEvaluation, ScenarioFigures } from "./evaluation.ts";
import type { Suspect } from "./suspects.ts";

const percent = (rate: number, digits = 2): string => `${(100 * rate).toFixed(digits)} %`;
const plain = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const bounded = (r: Rate): string =>
	`${percent(r.rate)} <small>${r.count}/${r.of}, ≤ ${percent(r.high)}</small>`;
const row = (cells: readonly string[], tag = "td"): string =>
	`<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;

const STYLE = `body{font:15px/1.5 system-ui;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#223}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccd;padding:.25rem .6rem;text-align:right}
td:first-child,th:first-child{text-align:left}small{color:#667}svg{border:1px solid #ccd;margin:.3rem}`;

/** A page of its own; `photos` and `seeds` say what the figures rest on. */
export function evaluationPage(
	evaluations: readonly NetEvaluation[],
	suspects: readonly Suspect[],
	basis: string,
): string {
	const nets = evaluations.map(netSection).join("");
	const labels = suspects.map((s) => row([plain(s.id), s.distances.map((d) => d.toFixed(2)).join(" · ")]));
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Faces: evaluation</title><style>${STYLE}</style>
<h1>Faces: evaluation</h1><p>${plain(basis)}. Bounds are 95 % (Wilson, rule of three) and count every search of every seed; searches share
photos, so the truth is wider. Halves: mean of all seeds, the worst seed in brackets.</p>${nets}
<h2>Photos unlike their person</h2><p>Far from the mean of the person's other photos by every net. Not left out anywhere above.</p>
<table>${row(["photo", "distance by net"], "th")}${labels.join("")}</table></html>`;
}

function netSection({ net, scenarios, candidates }: NetEvaluation): string {
	return `<h2>${plain(net)}</h2>${searchTable(scenarios)}${claimTable(scenarios)}${candidateTable(candidates)}${scenarios
		.slice(0, 8)
		.map((s) => plots(s.scenario.id, s.curves))
		.join("")}`;
}

function searchTable(scenarios: readonly ScenarioFigures[]): string {
	const head = [
		"1:N",
		"people",
		"FTE",
		"FTA",
		"rank 1",
		"FPIR",
		"FNIR",
		"colleague",
		"FPIR tuning",
		"unseen",
	];
	const rows = scenarios.map((s) =>
		row([
			s.scenario.id,
			String(s.search.people),
			percent(s.fte.rate, 1),
			percent(s.fta.rate, 1),
			percent(s.search.rankOne.rate, 1),
			bounded(s.search.fpir),
			bounded(s.search.fnir),
			bounded(s.search.colleague),
			percent(s.tuning.fpir),
			`${percent(s.unseen.fpir)} (${percent(s.unseen.worstFpir)})`,
			percent(s.tuning.fnir),
			`${percent(s.unseen.fnir)} (${percent(s.unseen.worstFnir)})`,
			s.before
				? `${percent(s.before.search.fpir.rate)} / ${percent(s.before.search.fnir.rate)} / ${percent(s.before.search.colleague.rate)}`
				: "",
		]),
	);
	const all = [...head, "FNIR tuning", "unseen", "before: FPIR / FNIR / colleague"];
	return `<table>${row(all, "th")}${rows.join("")}</table>`;
}

function claimTable(scenarios: readonly ScenarioFigures[]): string {
	const rows = scenarios.map(({ scenario, claims, before }) =>
		row([
			scenario.id,
			bounded(claims.fmr),
			bounded(claims.colleagueFmr),
			bounded(claims.fnmr),
			before
				? `${percent(before.claims.fmr.rate)} / ${percent(before.claims.colleagueFmr.rate)} / ${percent(before.claims.fnmr.rate)}`
				: "",
		]),
	);
	const head = ["1:1", "FMR, outsider", "FMR, colleague", "FNMR", "before"];
	return `<table>${row(head, "th")}${rows.join("")}</table>`;
}

function candidateTable(candidates: NetEvaluation["candidates"]): string {
	if (candidates.length === 0) return "";
	const rows = candidates.map((c) =>
		row([plain(c.id), percent(c.fpir), percent(c.fnir), percent(c.colleague)]),
	);
	return `<h3>Rules tried on ea-30: limit from one half, judged on the other</h3><table>${row(["rule", "FPIR", "FNIR", "colleague"], "th")}${rows.join("")}</table>`;
}

const [WIDTH, HEIGHT] = [420, 180];

function plots(id: string, { histogram, trade, limit }: Curves): string {
	const [from, to] = [histogram[0]!.at, histogram.at(-1)!.at];
	const x = (at: number) => ((at - from) / (to - from || 1)) * WIDTH;
	const top = Math.max(...histogram.map((h) => Math.max(h.own, h.strangers))) || 1;
	const path = (points: readonly (readonly [number, number])[], colour: string) =>
		`<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([px, share]) => `${px.toFixed(1)},${(HEIGHT - share * (HEIGHT - 12)).toFixed(1)}`).join(" ")}"/>`;
	const mark = `<line x1="${x(limit).toFixed(1)}" x2="${x(limit).toFixed(1)}" y1="0" y2="${HEIGHT}" stroke="#999" stroke-dasharray="4"/>`;
	const draw = (lines: string, title: string) =>
		`<svg width="${WIDTH}" height="${HEIGHT}" role="img"><title>${title}</title>${mark}${lines}<text x="6" y="14" font-size="12">${title}</text></svg>`;
	const spread =
		path(
			histogram.map((h) => [x(h.at), h.own / top] as const),
			"#176",
		) +
		path(
			histogram.map((h) => [x(h.at), h.strangers / top] as const),
			"#c33",
		);
	const errors =
		path(
			trade.map((t) => [x(t.limit), t.fnir] as const),
			"#176",
		) +
		path(
			trade.map((t) => [x(t.limit), t.fpir] as const),
			"#c33",
		);
	return `<div>${draw(spread, `${id}: own (green) and strangers (red)`)}${draw(errors, `${id}: FNIR (green) and FPIR (red) by limit`)}</div>`;
}
