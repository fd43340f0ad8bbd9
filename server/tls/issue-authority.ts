/** Makes the box's own authority. Loads the X.509 library, so import it only when there is one to make. */
import "reflect-metadata";
import "./reflect.ts";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
	GeneralName,
	GeneralSubtree,
	GeneralSubtrees,
	id_ce_nameConstraints,
	NameConstraints,
} from "@peculiar/asn1-x509";
import {
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	Extension,
	KeyUsageFlags,
	KeyUsagesExtension,
	SubjectKeyIdentifierExtension,
	X509CertificateGenerator,
} from "@peculiar/x509";
import { DAY_MS } from "../base/units.ts";
import { BACKDATE_MS, exportKey, generateKeys, KEY_ALGORITHM, randomSerial } from "./issuing.ts";
import { type Permitted, permittedFor } from "./name-constraints.ts";

/** Ten years: the CA is carried to every tablet by hand, so it outlives the hardware. */
const AUTHORITY_DAYS = 3652;

async function authorityExtensions(keys: CryptoKeyPair, hostName: string) {
	return [
		new BasicConstraintsExtension(true, 0, true),
		new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
		// Windows trusts a root for code signing too, unless the root itself says otherwise.
		new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
		await SubjectKeyIdentifierExtension.create(keys.publicKey),
		constraintsExtension(permittedFor(hostName)),
	];
}

/** Makes a new authority for a machine called `hostName`, valid from a day before `nowMs`. Returns both PEM texts. */
export async function createAuthority(
	hostName: string,
	nowMs: number,
): Promise<{ certPem: string; keyPem: string }> {
	const keys = await generateKeys();
	const serialNumber = randomSerial();
	const certificate = await X509CertificateGenerator.createSelfSigned({
		serialNumber,
		name: `O=Dianmao, CN=Dianmao box ${serialNumber.slice(-4).toUpperCase()}`,
		notBefore: new Date(nowMs - BACKDATE_MS),
		notAfter: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
		signingAlgorithm: KEY_ALGORITHM,
		keys,
		extensions: await authorityExtensions(keys, hostName),
	});
	return { certPem: certificate.toString("pem"), keyPem: exportKey(keys.privateKey) };
}

/** The critical extension that says what the authority may vouch for. */
function constraintsExtension({ dns, ranges }: Permitted): Extension {
	const trees = [
		...dns.map((dNSName) => new GeneralName({ dNSName })),
		...ranges.map((iPAddress) => new GeneralName({ iPAddress })),
	].map((base) => new GeneralSubtree({ base }));
	const value = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(trees) });
	return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(value));
}
