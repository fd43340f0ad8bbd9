/** Line icons as paths on a 24-unit grid; meaning is always also written beside them. */

const PATHS = {
	face: "M8 3H5a2 2 0 0 0-2 2v3M16 3h3a2 2 0 0 1 2 2v3M8 21H5a2 2 0 0 1-2-2v-3M16 21h3a2 2 0 0 0 2-2v-3M9 9.5v1M15 9.5v1M9 15c1.8 1.5 4.2 1.5 6 0",
	card: "M3 7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM3 10h18M7 15h4",
	pin: "M5 5h.01M12 5h.01M19 5h.01M5 12h.01M12 12h.01M19 12h.01M5 19h.01M12 19h.01M19 19h.01",
	check: "M4.5 12.5l5 5L19.5 7",
	in: "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M4 12h11M11 8l4 4-4 4",
	out: "M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M9 12h11M16 8l4 4-4 4",
	clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
	warn: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01",
	stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16h.01",
	hold: "M4 14.5A4.5 4.5 0 0 1 6 6a6 6 0 0 1 11.3 2A4.2 4.2 0 0 1 18 16.4M12 12v7M9 16l3 3 3-3",
	people:
		"M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11M3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M16 5a3 3 0 0 1 0 6M17 14.3c2.4.6 4 2.8 4 5.7",
	closer: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
	back: "M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5",
	sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
	dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5",
	turn: "M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5",
	left: "M19 12H5M11 6l-6 6 6 6",
	right: "M5 12h14M13 6l6 6-6 6",
	still: "M5 12h14M9 5v14M15 5v14",
	camera:
		"M4 7h3l2-2.5h6L17 7h3a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1M12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7",
	camera_off:
		"M3 3l18 18M9.5 4.5H15L17 7h3a1 1 0 0 1 1 1v9M17 19H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h2M9 11a3.5 3.5 0 0 0 5 5",
	online: "M4 9.5a12 12 0 0 1 16 0M7 13a7.5 7.5 0 0 1 10 0M10 16.3a3 3 0 0 1 4 0M12 19.5h.01",
	offline:
		"M3 3l18 18M4 9.5A12 12 0 0 1 8.3 7M12 6.5a12 12 0 0 1 8 3M7 13a7.5 7.5 0 0 1 4-1.9M10 16.3a3 3 0 0 1 4 0M12 19.5h.01",
	sound: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
	mute: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5",
	letters: "M3 18 8 6l5 12M4.8 14h6.4M15 18l3-7.5 3 7.5M16 15.5h4",
	language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
	note: "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5",
	lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	erase: "M9 6h11v12H9l-6-6zM12.5 9.5l5 5M17.5 9.5l-5 5",
} as const;

export type IconName = keyof typeof PATHS;

/** Purely decorative to screen readers. */
export function Icon({ name }: { name: IconName }) {
	return (
		<svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
			<path d={PATHS[name]} />
		</svg>
	);
}
