/** The WebAuthn library behind passkeys. Import it only when somebody uses one: it brings the X.509 library and takes longer to load than a start. */
import "reflect-metadata";
import "../tls/reflect.ts";

export {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
} from "@simplewebauthn/server";
