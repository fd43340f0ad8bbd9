/** A QR code as one SVG path: crisp at any size and free of inline styles. */
import { encode } from "uqr";

export interface QrCodeProps {
	readonly text: string;
	/** What the code leads to, for people who cannot see it. */
	readonly label: string;
}

/** Quiet zone of four modules (ISO/IEC 18004 §9.1); dark on light in both colour schemes, as scanners expect. */
export function QrCode({ text, label }: QrCodeProps) {
	const { data, size } = encode(text, { border: 4, ecc: "M" });
	const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
	return (
		<svg
			class="qr"
			viewBox={`0 0 ${size} ${size}`}
			role="img"
			aria-label={label}
			shape-rendering="crispEdges"
		>
			<rect width={size} height={size} fill="#fff" />
			<path d={path} fill="#000" />
		</svg>
	);
}
