/** The configuration profile by which iPhones and iPads take in a certificate authority. Unsigned: the fingerprint is what people compare. */
import { createHash } from "node:crypto";
import { toBase64 } from "../../server/base/bytes.ts";

const XML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escapeXml = (text: string): string => text.replace(/[&<>]/g, (sign) => XML[sign]!);

/** A UUID that stays the same for the same certificate, so a second install replaces the first. */
function uuidOf(der: Uint8Array, purpose: string): string {
	const hex = createHash("sha256").update(purpose).update(der).digest("hex");
	const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
	return [...parts, hex.slice(20, 32)].join("-").toUpperCase();
}

const entry = (key: string, value: string): string => `<key>${key}</key><string>${escapeXml(value)}</string>`;

/** The profile as XML property list. `name` is shown in Settings, `description` when it is installed. */
export function appleProfile(
	authority: { readonly name: string; readonly der: Uint8Array },
	description: string,
): string {
	const { name, der } = authority;
	const version = "<key>PayloadVersion</key><integer>1</integer>";
	const payload = [
		entry("PayloadType", "com.apple.security.root"),
		entry("PayloadIdentifier", `local.dianmao.root.${uuidOf(der, "root")}`),
		entry("PayloadUUID", uuidOf(der, "root")),
		entry("PayloadDisplayName", name),
		entry("PayloadCertificateFileName", "dianmao-ca.cer"),
		`<key>PayloadContent</key><data>${toBase64(der)}</data>${version}`,
	].join("");
	const profile = [
		entry("PayloadType", "Configuration"),
		entry("PayloadIdentifier", `local.dianmao.profile.${uuidOf(der, "profile")}`),
		entry("PayloadUUID", uuidOf(der, "profile")),
		entry("PayloadDisplayName", name),
		entry("PayloadDescription", description),
		`<key>PayloadContent</key><array><dict>${payload}</dict></array>${version}`,
	].join("");
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>${profile}</dict></plist>
`;
}
