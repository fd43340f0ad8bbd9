/** An evidence photo, or in its place the reason why there is none to see. */
import { mayUse } from "../../server/web/access.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { Icon } from "../frame/icons.tsx";

/** `no_room`: the disk was nearly full when it was taken. */
export type PhotoState = "there" | "erased" | "no_room" | "none";

export interface PunchPhotoProps {
	readonly rc: SignedInContext;
	readonly punchId: string;
	readonly photo: PhotoState;
	readonly size: "thumb" | "full";
}

export function PunchPhoto({ rc, punchId, photo, size }: PunchPhotoProps) {
	if (photo !== "there") return <NoPhoto rc={rc} size={size} words={`punches.photo.${photo}`} />;
	if (!mayUse(rc.viewer.role, "GET", "/punches/:id/photo"))
		return <NoPhoto rc={rc} size={size} words="punches.photo.closed" />;
	const href = `/punches/${punchId}/photo`;
	return (
		<a class={`punch-photo ${size}`} href={href} target="_blank" rel="noopener">
			<img src={size === "thumb" ? `${href}?size=thumb` : href} alt={rc.t("punches.photo")} loading="lazy" />
		</a>
	);
}

const NoPhoto = ({
	rc,
	size,
	words,
}: Pick<PunchPhotoProps, "rc" | "size"> & {
	readonly words: `punches.photo.${Exclude<PhotoState, "there"> | "closed"}`;
}) => (
	<div class={`punch-photo none ${size}`}>
		<Icon name="camera" />
		<small>{rc.t(words)}</small>
	</div>
);
