/** What the office shows of the network and of HTTPS. Facts alone; the words are the settings page's. */
import type { AppError } from "../base/app-error.ts";

export interface NetworkLink {
	/** The system's name of the interface, as `eth0`. */
	readonly link: string;
	/** True while the cable is in or the Wi-Fi is joined. */
	readonly isUp: boolean;
	/** Addresses other devices reach the box under, IPv4 first. */
	readonly addresses: readonly string[];
}

export interface NameFacts {
	/** As `dianmao.local`. */
	readonly name: string;
	/** `off`: switched off at the start. */
	readonly phase: "off" | "waiting" | "claiming" | "announced" | "contested" | "stopped";
	/** Address of another device that answers to the name. */
	readonly rival?: string;
}

export interface CertificateFacts {
	readonly source: "own-authority" | "own-certificate";
	readonly publiclyTrusted: boolean;
	readonly names: readonly string[];
	/** Names and addresses it cannot vouch for. */
	readonly leftOut: readonly string[];
	readonly endsMs: number;
	/** Why the owner's certificate is not served, if there is one. */
	readonly problem?: AppError;
	/** End of the box's own authority. */
	readonly authorityEndsMs: number;
}

export interface NetworkFacts {
	readonly links: readonly NetworkLink[];
	readonly name: NameFacts;
	readonly certificate: CertificateFacts;
	readonly httpsPort: number;
	readonly httpPort: number;
}

/** Undefined where no doors are open, as in a test of pages. */
export type ReadNetwork = () => NetworkFacts | undefined;
