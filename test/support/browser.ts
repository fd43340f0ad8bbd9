/** A browser without a screen: keeps cookies, follows nothing by itself. */

export class Browser {
	readonly cookies = new Map<string, string>();

	constructor(
		private readonly handle: (request: Request) => Response | Promise<Response>,
		private readonly address = "10.0.0.5",
	) {}

	async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set("x-test-address", this.address);
		if (!headers.has("accept-language")) headers.set("accept-language", "en");
		headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
		const response = await this.handle(new Request(`http://localhost${path}`, { ...init, method, headers }));
		for (const line of response.headers.getSetCookie()) this.keep(line);
		return response;
	}

	private keep(line: string): void {
		const [pair = "", ...attributes] = line.split("; ");
		const at = pair.indexOf("=");
		if (attributes.includes("Max-Age=0")) this.cookies.delete(pair.slice(0, at));
		else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Response> {
		return this.send("GET", path, { headers });
	}

	post(path: string, fields: Record<string, string | readonly string[]> = {}): Promise<Response> {
		const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
		return this.send("POST", path, { body: new URLSearchParams(pairs as string[][]) });
	}
}
