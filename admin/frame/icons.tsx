/** The icons of the admin site: 24 px strokes that take the colour of their text. Decoration only: the word beside it carries the meaning. */

const PATHS = {
	board: "M3 12h4l3-8 4 16 3-8h4",
	days: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h3M8 17h6",
	people:
		"M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.3a6.5 6.5 0 0 1 3.5 5.7",
	face: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M9 9.5v.5M15 9.5v.5M9 14.5c1.8 1.6 4.2 1.6 6 0",
	card: "M3 6h18v12H3zM3 10h18M7 15h4",
	pin: "M4.5 4h3v3h-3zM10.5 4h3v3h-3zM16.5 4h3v3h-3zM4.5 10h3v3h-3zM10.5 10h3v3h-3zM16.5 10h3v3h-3zM10.5 16h3v3h-3z",
	queue: "M4 6h16M4 11h16M4 16h9M17 14v6M14 17l3 3 3-3",
	kiosk: "M7 3h10a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M12 17v4M8 21h8",
	accuracy: "M4 20V4M4 20h16M7.5 16c3 0 3.500-9 6-9s2.500 9 6 9",
	request: "M12 21a9 9 0 1 0-9-9M12 7v5l3 2M3 21v-5h5",
	settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
	account:
		"M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4M9 16a3 3 0 0 1 6 0",
	audit: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5",
	ledger: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
	lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	key: "M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 11h9M18 11v3M15 11v2",
	menu: "M4 7h16M4 12h16M4 17h16",
	more: "M5 12h.01M12 12h.01M19 12h.01",
	close: "M6 6l12 12M18 6L6 18",
	filter: "M4 5h16l-6 7.5V19l-4-2v-4.5z",
	search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
	plus: "M12 5v14M5 12h14",
	check: "M5 12.5l4.5 4.5L19 7.5",
	ok: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8 12.3l2.7 2.7L16 9.5",
	warn: "M12 4l9 16H3zM12 10v4M12 17v.01",
	bad: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9 9l6 6M15 9l-6 6",
	info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5M12 8v.01",
	wait: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2",
	next: "M9 6l6 6-6 6",
	previous: "M15 6l-6 6 6 6",
	down: "M6 9l6 6 6-6",
	globe:
		"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c2.5 2.6 3.8 5.7 3.8 9s-1.3 6.4-3.8 9c-2.5-2.6-3.8-5.7-3.8-9S9.5 5.6 12 3",
	sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.500M17.5 17.500L19 19M19 5l-1.5 1.500M6.5 17.500L5 19",
	out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
	print: "M7 9V3h10v6M7 18H4v-8h16v8h-3M7 15h10v6H7z",
	download: "M12 3v12M7 11l5 5 5-5M4 20h16",
	copy: "M9 9h11v11H9zM5 15H4V4h11v1",
	camera: "M4 8h4l1.5-3h5L16 8h4v11H4zM12 16.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
	disk: "M4 14h16v6H4zM4 14l3-10h10l3 10M7 17h.01M11 17h.01",
	shield: "M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6zM9 12l2 2 4-4",
	phone: "M8 2.500h8a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1M11 18.500h2",
	trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
	edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { readonly name: IconName }) => (
	<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
		<path d={PATHS[name]} />
	</svg>
);

/** The seal of the product: the dial of twelve double hours with the hour of dawn lit, and the tick of the roll call. */
export const Seal = () => (
	<svg class="seal" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
		<rect x="2" y="2" width="60" height="60" rx="16" class="seal-ground" />
		{Array.from({ length: 12 }, (_, hour) => {
			const angle = (hour * Math.PI) / 6;
			const [x, y] = [32 + 21 * Math.sin(angle), 32 - 21 * Math.cos(angle)];
			return <circle key={hour} cx={x.toFixed(1)} cy={y.toFixed(1)} r={hour === 3 ? 4.6 : 2.2} />;
		})}
		<path class="seal-tick" d="M21.500 33l7.500 7.500L43 25.500" />
	</svg>
);
