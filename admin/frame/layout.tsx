/** The frame around every page of signed-in people: menu, account, breadcrumbs, once-only message. */
import type { ComponentChildren } from "preact";
import type { AssetName } from "../../build/assets.gen.ts";
import type { SignedInContext } from "../../server/web/context.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Document } from "./document.tsx";
import { Icon, Seal } from "./icons.tsx";
import { isCurrent, NAV_GROUPS, type NavEntry, navFor } from "./nav.ts";

export interface Crumb {
	readonly label: string;
	readonly href?: string;
}

export interface LayoutProps {
	readonly rc: SignedInContext;
	/** Of the browser tab; the page's own heading is a `PageHeader`. */
	readonly title: string;
	/** From the menu entry down to this page; the last has no link. */
	readonly crumbs?: readonly Crumb[];
	/** Asset names of further scripts, as `admin/board.js`. */
	readonly scripts?: readonly AssetName[];
	/** `wide` uses the whole width, for boards and large tables. */
	readonly width?: "wide" | "normal" | "narrow";
	readonly children: ComponentChildren;
}

export function Layout({ rc, title, crumbs = [], scripts = [], width = "normal", children }: LayoutProps) {
	return (
		<Document rc={rc} title={title} scripts={scripts}>
			<div class="frame">
				<TopBar rc={rc} />
				<SideBar rc={rc} />
				<main id="main" class={`page ${width}`} tabIndex={-1}>
					<Crumbs rc={rc} crumbs={crumbs} />
					{children}
				</main>
				<TabBar rc={rc} />
				<Drawer rc={rc} />
			</div>
		</Document>
	);
}

const Brand = ({ rc }: { rc: SignedInContext }) => (
	<a class="brand" href="/">
		<Seal />
		<span class="brand-name">{rc.siteName}</span>
	</a>
);

const TopBar = ({ rc }: { rc: SignedInContext }) => (
	<header class="topbar">
		<Brand rc={rc} />
		<AccountMenu rc={rc} place="top" />
	</header>
);

const SideBar = ({ rc }: { rc: SignedInContext }) => (
	<header class="sidebar">
		<Brand rc={rc} />
		<nav aria-label={rc.t("app.nav")}>
			<NavGroups rc={rc} />
		</nav>
		<AccountMenu rc={rc} place="side" />
	</header>
);

function NavGroups({ rc }: { rc: SignedInContext }) {
	const entries = navFor(rc.viewer.role);
	return (
		<>
			{NAV_GROUPS.map((group) => {
				const inside = entries.filter((entry) => entry.group === group);
				return inside.length === 0 ? null : (
					<section class="nav-group" key={group}>
						<p class="nav-title">{rc.t(`app.group.${group}`)}</p>
						<ul>
							{inside.map((entry) => (
								<li key={entry.href}>
									<NavLink rc={rc} entry={entry} />
								</li>
							))}
						</ul>
					</section>
				);
			})}
		</>
	);
}

const NavLink = ({ rc, entry }: { rc: SignedInContext; entry: NavEntry }) => (
	<a class="nav-link" href={entry.href} aria-current={isCurrent(entry, rc.path) ? "page" : undefined}>
		<Icon name={entry.icon} />
		<span>{rc.t(entry.key)}</span>
	</a>
);

function TabBar({ rc }: { rc: SignedInContext }) {
	const entries = navFor(rc.viewer.role);
	return (
		<nav class="tabbar" aria-label={rc.t("app.nav")}>
			{entries.slice(0, entries.length > 5 ? 4 : 5).map((entry) => (
				<NavLink key={entry.href} rc={rc} entry={entry} />
			))}
			{entries.length > 5 && (
				<button type="button" class="nav-link" popovertarget="drawer" aria-haspopup="true">
					<Icon name="menu" />
					<span>{rc.t("app.more")}</span>
				</button>
			)}
		</nav>
	);
}

const Drawer = ({ rc }: { rc: SignedInContext }) => (
	<div id="drawer" class="drawer" popover="auto">
		<div class="drawer-head">
			<strong>{rc.t("app.menu")}</strong>
			<button
				type="button"
				class="icon-button"
				popovertarget="drawer"
				popovertargetaction="hide"
				aria-label={rc.t("app.close")}
			>
				<Icon name="close" />
			</button>
		</div>
		<nav aria-label={rc.t("app.menu")}>
			<NavGroups rc={rc} />
		</nav>
	</div>
);

function Crumbs({ rc, crumbs }: { rc: SignedInContext; crumbs: readonly Crumb[] }) {
	if (crumbs.length < 2) return null;
	return (
		<nav class="crumbs" aria-label={rc.t("app.breadcrumbs")}>
			<ol>
				{crumbs.map(({ label, href }) => (
					<li key={label}>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
				))}
			</ol>
		</nav>
	);
}
