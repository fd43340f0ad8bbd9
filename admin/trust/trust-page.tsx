/** The trust page: proves whether this device trusts the box, and if not, walks it there. Works without scripts too. */
import { LANGS } from "../../server/base/translate.ts";
import { assetUrl } from "../../server/web/assets.ts";
import type { T } from "../../server/web/i18n.ts";
import { QrCode } from "./qr-code.tsx";
import { TrustSteps } from "./trust-steps.tsx";
import type { TrustView } from "./trust-view.ts";

interface Part {
	readonly view: TrustView;
	readonly t: T;
}

const Masthead = ({ view, t }: Part) => (
	<header class="masthead">
		<span class="maker">
			<img src={assetUrl("icons/dianmao.svg")} alt="" width="36" height="36" />
			{t("trust.brand")}
		</span>
		<nav aria-label={t("app.language")}>
			{LANGS.map((lang) => (
				<a
					key={lang}
					href={`/trust?lang=${lang}`}
					lang={lang}
					aria-current={lang === view.lang ? "true" : undefined}
				>
					{lang === "en" ? t("app.language.en") : t("app.language.zh-CN")}
				</a>
			))}
		</nav>
	</header>
);

const Ways = ({ view, t }: Part) => (
	<p class="ways">
		<a class="action" href={view.kioskUrl}>
			{t("trust.check.to_kiosk")}
		</a>
		<a class="action second" href={view.adminUrl}>
			{t("trust.check.to_admin")}
		</a>
	</p>
);

/** The script shows one `data-when` at a time; without it the last resort stays. */
const Check = ({ view, t }: Part) => (
	<section
		class="check"
		id="check"
		data-url={view.checkUrl}
		data-state="unknown"
		aria-labelledby="check-title"
	>
		<h2 id="check-title">{t("trust.check.title")}</h2>
		<div aria-live="polite">
			<p class="verdict" data-when="checking" hidden>
				{t("trust.check.checking")}
			</p>
			<p class="verdict" data-when="untrusted" hidden>
				{t("trust.check.untrusted")}
			</p>
			<p class="verdict" data-when="trusted" hidden>
				{t("trust.check.trusted")}
			</p>
			<p class="verdict" data-when="unknown">
				{t("trust.check.no_script")}
			</p>
		</div>
		<button type="button" class="outline" data-when="untrusted" data-again hidden>
			{t("trust.check.again")}
		</button>
		<div data-when="trusted unknown">
			<Ways view={view} t={t} />
		</div>
	</section>
);

const Fingerprint = ({ view, t }: Part) => (
	<section class="fingerprint" aria-labelledby="fingerprint-title">
		<h2 id="fingerprint-title">{t("trust.fingerprint.title")}</h2>
		<p>{t("trust.fingerprint.lead")}</p>
		<figure>
			<figcaption>{t("trust.fingerprint.label", { name: view.authorityName })}</figcaption>
			<code>
				{view.fingerprint.map((line) => (
					<span key={line}>{line} </span>
				))}
			</code>
		</figure>
		<p class="quiet">{t("trust.fingerprint.limits", { date: view.endsOn })}</p>
	</section>
);

const Scan = ({ url, label }: { readonly url: string; readonly label: string }) => (
	<figure class="scan">
		<QrCode text={url} label={label} />
		<figcaption>
			{label}
			<a href={url}>{url}</a>
		</figcaption>
	</figure>
);

const Elsewhere = ({ view, t }: Part) => (
	<section aria-labelledby="elsewhere-title">
		<h2 id="elsewhere-title">{t("trust.elsewhere.title")}</h2>
		<div class="scans">
			{view.ownCertificate ? null : <Scan url={view.pageUrl} label={t("trust.elsewhere.page")} />}
			<Scan url={view.kioskUrl} label={t("trust.elsewhere.kiosk")} />
		</div>
		{view.otherUrls.length > 0 && (
			<>
				<p class="quiet">{t("trust.elsewhere.addresses")}</p>
				<ul class="addresses">
					{view.otherUrls.map((url) => (
						<li key={url}>
							<a href={url}>{url}</a>
						</li>
					))}
				</ul>
			</>
		)}
	</section>
);

const OwnCertificate = ({ t }: { readonly t: T }) => (
	<section>
		<h2>{t("trust.own.title")}</h2>
		<p>{t("trust.own.lead")}</p>
	</section>
);

const Head = ({ t }: { readonly t: T }) => (
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
		<meta name="color-scheme" content="light dark" />
		<title>{t("trust.document_title")}</title>
		<link rel="icon" href={assetUrl("icons/dianmao.svg")} />
		<link rel="stylesheet" href={assetUrl("pico.css")} />
		<link rel="stylesheet" href={assetUrl("app.css")} />
		<link rel="stylesheet" href={assetUrl("trust.css")} />
		<script src={assetUrl("admin/trust.js")} defer />
	</head>
);

export const TrustPage = ({ view, t }: Part) => (
	<html lang={view.lang}>
		<Head t={t} />
		<body class="trust">
			<Masthead view={view} t={t} />
			<main>
				<h1>{t("trust.title")}</h1>
				<p class="lead">{t("trust.lead")}</p>
				<Check view={view} t={t} />
				{view.ownCertificate ? (
					<OwnCertificate t={t} />
				) : (
					<div id="install">
						<Fingerprint view={view} t={t} />
						<TrustSteps view={view} t={t} />
					</div>
				)}
				<Elsewhere view={view} t={t} />
			</main>
		</body>
	</html>
);
