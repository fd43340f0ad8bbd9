/** Files imported `with { type: "file" }` come as their path. */
declare module "*.bin" {
	const path: string;
	export default path;
}
declare module "*.wasm" {
	const path: string;
	export default path;
}
