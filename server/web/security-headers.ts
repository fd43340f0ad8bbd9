/** The security headers of every response. A handler may set its own CSP, CORP or caching; the rest is not negotiable. */

export interface HeaderPolicy {
	/** The page runs WebAssembly (kiosk, enrolment). */
	readonly wasm: boolean;
	/** Sent over TLS. Some headers only make noise in the console otherwise. */
	readonly secure: boolean;
	/** The certificate is publicly trusted. With the own authority HSTS would lock people out if it were ever lost. */
	readonly hsts: boolean;
}

/** `data:` for images is what Pico's form arrows are drawn with. */
const BASE_CSP = {
	"default-src": "'self'",
	"script-src": "'self'",
	"style-src": "'self'",
	"img-src": "'self' data: blob:",
	"media-src": "'self' blob:",
	"connect-src": "'self'",
	"object-src": "'none'",
	"base-uri": "'none'",
	"frame-ancestors": "'none'",
	"form-action": "'self'",
};

/** A Content-Security-Policy: ours, with `changes` put over it. */
export const contentPolicy = (changes: Readonly<Record<string, string>> = {}): string =>
	Object.entries({ ...BASE_CSP, ...changes })
		.map(([name, value]) => `${name} ${value}`)
		.join("; ");

const PAGE_CSP = contentPolicy();
const WASM_CSP = contentPolicy({
	"script-src": "'self' 'wasm-unsafe-eval'",
	"worker-src": "'self'",
	"manifest-src": "'self'",
});

const PERMISSIONS = [
	...["camera=(self)", "fullscreen=(self)", "screen-wake-lock=(self)", "autoplay=(self)"],
	...["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"],
	...["microphone=()", "geolocation=()", "display-capture=()", "payment=()", "usb=()", "serial=()", "hid=()"],
	...["midi=()", "browsing-topics=()"],
].join(", ");

/** `no-referrer` would make browsers send `Origin: null` with forms, and the origin check needs it. */
const FIXED = {
	"x-content-type-options": "nosniff",
	"referrer-policy": "same-origin",
	"x-frame-options": "DENY",
	"permissions-policy": PERMISSIONS,
	"x-permitted-cross-domain-policies": "none",
};

const SECURE_ONLY = { "cross-origin-opener-policy": "same-origin", "origin-agent-cluster": "?1" };

const ALWAYS = Object.entries(FIXED);
const OVER_TLS = [...ALWAYS, ...Object.entries(SECURE_ONLY)];
const YIELDING = [
	["cross-origin-resource-policy", "same-origin"],
	["cache-control", "no-store"],
] as const;

function setAll(headers: Headers, policy: HeaderPolicy): void {
	for (const [name, value] of policy.secure ? OVER_TLS : ALWAYS) headers.set(name, value);
	for (const [name, value] of YIELDING) if (!headers.has(name)) headers.set(name, value);
	const csp = "content-security-policy";
	if (!headers.has(csp)) headers.set(csp, policy.wasm ? WASM_CSP : PAGE_CSP);
	if (policy.hsts) headers.set("strict-transport-security", "max-age=31536000");
	headers.delete("x-powered-by");
	headers.delete("server");
}

/** Returns the response with all headers set; a response with frozen headers is copied. */
export function secured(response: Response, policy: HeaderPolicy): Response {
	try {
		setAll(response.headers, policy);
		return response;
	} catch {
		const copy = new Response(response.body, response);
		setAll(copy.headers, policy);
		return copy;
	}
}
