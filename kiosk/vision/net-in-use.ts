/** Which net the page looks with: the built-in one, or the pack the box has in force. While a wanted pack is not there yet there is none. */
import type { FaceNetNews } from "../../server/protocol/kiosk.ts";
import type { GraphNet } from "../../server/recognition/graph-net.ts";
import { type FaceNet, withDescriber } from "../../server/recognition/look.ts";

export interface NetInUse {
	/** Undefined until everything wanted is loaded: the loop waits. */
	net(): FaceNet | undefined;
	/** The built-in nets are loaded; the finder of faces is always theirs. */
	setBase(net: FaceNet, loadPack: (news: FaceNetNews) => Promise<GraphNet>): void;
	/** The pack to describe with; undefined for the built-in net. */
	want(news: FaceNetNews | undefined): void;
}

const RETRY_MS = 5_000;

/** `changed` is called whenever `net` became another one: what was seen with the one before is worthless. */
export function makeNetInUse(changed: () => void): NetInUse {
	let base: FaceNet | undefined;
	let load: ((news: FaceNetNews) => Promise<GraphNet>) | undefined;
	let wanted: FaceNetNews | undefined;
	let pack: { readonly tag: string; readonly net: GraphNet } | undefined;
	let ready: FaceNet | undefined;

	const settle = () => {
		const fits = wanted === undefined || pack?.tag === wanted.tag;
		const next = base && fits ? (wanted && pack ? withDescriber(base, pack.net) : base) : undefined;
		if (next?.recogniser === ready?.recogniser && (next === undefined) === (ready === undefined)) return;
		ready = next;
		changed();
	};

	const fetchWanted = async () => {
		const news = wanted;
		if (!news || !load || pack?.tag === news.tag) return;
		try {
			const net = await load(news);
			if (wanted?.tag !== news.tag) return net.dispose();
			pack?.net.dispose();
			pack = { tag: news.tag, net };
			settle();
		} catch {
			setTimeout(() => wanted === news && void fetchWanted(), RETRY_MS);
		}
	};

	return {
		net: () => ready,
		setBase(net, loadPack) {
			base = net;
			load = loadPack;
			settle();
			void fetchWanted();
		},
		want(news) {
			if (news?.tag === wanted?.tag && news?.folder === wanted?.folder) return;
			wanted = news;
			settle();
			void fetchWanted();
		},
	};
}
