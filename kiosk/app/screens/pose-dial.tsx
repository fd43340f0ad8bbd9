/** The head's own place between left and right, and where it should be for the next picture. Decoration: the words say the same. */
import { dialPlace, dialZone } from "../../../server/recognition/pose-dial.ts";
import type { Pose } from "../../../server/recognition/quality.ts";

export const PoseDial = ({ pose, yaw }: { readonly pose: Pose; readonly yaw?: number }) => {
	const [from, to] = dialZone(pose);
	return (
		<svg class="pose-dial" viewBox="-4 0 108 14" aria-hidden="true">
			<rect class="track" x={0} y={5} width={100} height={4} rx={2} />
			<rect class="zone" x={from} y={2.5} width={to - from} height={9} rx={4.5} />
			{yaw !== undefined && <circle cx={dialPlace(yaw)} cy={7} r={3.4} />}
		</svg>
	);
};
