/** Build-time constants of browser bundles; see `BuildConstants` in `content.ts`. */
declare const ASSET_URLS: Readonly<Record<string, string>>;
declare const KIOSK_ASSETS: readonly string[];
declare const KIOSK_VERSION: string;
