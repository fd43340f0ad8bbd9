/** Attributes that let htmx replace one element by its new version from a full page; without script it is an ordinary link or form. */

const swap = (target: string) => ({
	"hx-target": `#${target}`,
	"hx-select": `#${target}`,
	"hx-swap": "outerHTML",
	"hx-push-url": "true",
});

/** For an `<a>`: the page behind `href` is fetched, and `#target` of it replaces the one here. */
export const liveLink = (href: string, target: string) => ({ href, "hx-get": href, ...swap(target) });

/** For a filter `<form method="get">`: answers while one types or chooses. */
export const liveForm = (action: string, target: string) => ({
	method: "get" as const,
	action,
	"hx-get": action,
	"hx-trigger": "submit, input delay:300ms",
	"hx-sync": "this:replace",
	...swap(target),
});
