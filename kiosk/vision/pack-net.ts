/** Fetches a face pack from the box, checks it against its manifest and loads it into the page's tfjs. */
import { toHex } from "../../server/base/bytes.ts";
import { type FacePackManifest, PACK_FILES } from "../../server/protocol/face-pack.ts";
import type { FaceNetNews } from "../../server/protocol/kiosk.ts";
import { type GraphLibrary, type GraphNet, loadGraphNet } from "../../server/recognition/graph-net.ts";
import { recogniserTag } from "../../server/recognition/model.ts";

/** Throws when the box does not serve it, a checksum differs, it is another net than announced, or it does not run here. */
export async function loadPackNet(tf: GraphLibrary, { tag, folder }: FaceNetNews): Promise<GraphNet> {
	const { files, recogniser }: FacePackManifest = await (
		await get(`${folder}/${PACK_FILES.manifest}`)
	).json();
	if (recogniserTag(recogniser) !== tag) throw new Error("another net than announced");
	const model = await checked(`${folder}/${PACK_FILES.model}`, files.model.sha256);
	const weights = await checked(`${folder}/${PACK_FILES.weights}`, files.weights.sha256);
	return loadGraphNet(tf, { recogniser, model: new TextDecoder().decode(model), weights });
}

async function get(address: string): Promise<Response> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return response;
}

async function checked(address: string, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
	const bytes = new Uint8Array(await (await get(address)).arrayBuffer());
	const found = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
	if (found !== sha256) throw new Error(`${address}: checksum`);
	return bytes;
}
