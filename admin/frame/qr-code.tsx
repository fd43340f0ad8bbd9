/** A QR code as one SVG path, always dark on light so that every camera reads it. */
import { encode } from "uqr";

export interface QrCodeProps {
	readonly text: string;
	/** Says what the code is for. */
	readonly label: string;
}

const QUIET = 3;

export function QrCode({ text, label }: QrCodeProps) {
	const { data, size } = encode(text, { ecc: "M", border: 0 });
	const cells = data.flatMap((row, y) =>
		row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")),
	);
	const side = size + 2 * QUIET;
	return (
		<svg
			class="qr"
			viewBox={`0 0 ${side} ${side}`}
			role="img"
			aria-label={label}
			shape-rendering="crispEdges"
		>
			<rect width={side} height={side} class="qr-light" />
			<path d={cells.join("")} class="qr-dark" />
		</svg>
	);
}
