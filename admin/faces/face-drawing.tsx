/** Drawn faces: what a camera should see, and what it must not. Never a photo of anybody. */

export const DRAWINGS = ["good", "dark", "bright", "glare", "side_light", "blurry", "dirty", "far"] as const;
export type Drawing = (typeof DRAWINGS)[number];

const Face = () => (
	<g>
		<path class="shoulders" d="M18 120c0-24 18-34 42-34s42 10 42 34z" />
		<ellipse class="skin" cx={60} cy={54} rx={27} ry={34} />
		<path class="hair" d="M32 50c0-26 12-36 28-36s28 10 28 36c-4-14-10-20-28-20s-24 6-28 20z" />
		<circle class="feature" cx={50} cy={54} r={2.6} />
		<circle class="feature" cx={70} cy={54} r={2.6} />
		<path class="stroke" d="M60 56v9M52 74q8 5 16 0" />
	</g>
);

/** What lies over the face. */
const OVER: Readonly<Record<Drawing, () => preact.JSX.Element | null>> = {
	good: () => null,
	dark: () => <rect class="night" width={120} height={120} />,
	bright: () => <rect class="flood" width={120} height={120} />,
	glare: () => (
		<g class="spot">
			<circle cx={78} cy={36} r={30} />
			<circle cx={78} cy={36} r={18} />
		</g>
	),
	side_light: () => <rect class="night" x={0} width={60} height={120} />,
	blurry: () => null,
	dirty: () => (
		<g class="smear">
			<ellipse cx={46} cy={60} rx={26} ry={34} />
			<ellipse cx={74} cy={74} rx={18} ry={12} />
		</g>
	),
	far: () => null,
};

/** Blur as three faces a little apart; distance as a small one. */
const Faces = ({ kind }: { readonly kind: Drawing }) => {
	if (kind === "blurry")
		return (
			<g class="ghosts">
				{[-5, 0, 5].map((shift) => (
					<g key={shift} transform={`translate(${shift} ${shift / 3})`}>
						<Face />
					</g>
				))}
			</g>
		);
	if (kind !== "far") return <Face />;
	return (
		<g transform="translate(46 58) scale(0.24)">
			<Face />
		</g>
	);
};

/** Decoration: the words stand beside it. */
export const FaceDrawing = ({ kind }: { readonly kind: Drawing }) => {
	const Over = OVER[kind];
	return (
		<svg class={`face-drawing ${kind}`} viewBox="0 0 120 120" aria-hidden="true">
			<rect class="wall" width={120} height={120} />
			<Faces kind={kind} />
			<Over />
		</svg>
	);
};
