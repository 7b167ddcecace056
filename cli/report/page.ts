import { createHash } from 'node:crypto';
import type { RoleReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import { pageData } from './data.ts';
import { escapeHtml, jsonForHtml } from './escape.ts';
import { plainTable } from './plain-table.ts';
import { SCRIPT } from './script.ts';
import { MOST_ROLES, shownRoles } from './shown-roles.ts';
import { STYLE } from './style.ts';

/** An account B, and what people call it. */
export interface Owner {
  readonly uid: string;
  readonly name?: string | undefined;
}

/** What the page says about itself. */
export interface PageMeta {
  readonly owners: readonly Owner[];
  /** What people call each requester, by UID. */
  readonly names?: ReadonlyMap<string, string>;
  /** Accounts and roles about which nothing is known, and why: without them a page would look whole. */
  readonly unverified?: readonly { readonly what: string; readonly reason: string }[];
  /** ISO 8601. */
  readonly madeAt: string;
}

/**
 * One self-contained HTML page about roles: the matrix of roles and checks, filters, and for each role what failed and
 * what to do. Opens from a disk without a network. Everything in a report is text to it: markup is put together from the
 * constants here, and the roles reach the page as JSON that only ever becomes text nodes.
 */
export function page(roles: Iterable<RoleReport>, meta: PageMeta): string {
  const one = meta.owners.length === 1 ? meta.owners[0] : undefined;
  const { shown, all, of, unsure, emergencies } = shownRoles(roles);
  const data = { ...pageData(shown, meta.names), owners: one === undefined ? meta.owners.map(named) : [] };
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const whose = one === undefined ? `${meta.owners.length} accounts` : `account ${one.uid}`;
  const unverified = meta.unverified ?? [];
  const numbers = [
    [all, 'roles'],
    [of.failed, 'failed'],
    [of.verified, 'verified'],
    [of.revoked, 'revoked'],
    ...(unsure === 0 ? [] : [[unsure, 'unsure', 'not wholly checked'] as const]),
    ...(emergencies === 0 ? [] : [[emergencies, 'unsure', 'emergencies to confirm'] as const]),
    ...(unverified.length === 0 ? [] : [[unverified.length, 'unverified', 'not verified'] as const]),
  ] as const;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>DMS access of ${escapeHtml(whose)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>DMS cross-account access</h1>
<p>Owner <b>${escapeHtml(one?.uid ?? whose)}</b>, checked at <time datetime="${escapeHtml(meta.madeAt)}">${escapeHtml(meta.madeAt.slice(0, 16).replace('T', ' '))} UTC</time></p>
<dl>${numbers.map(([number, name, label = name]) => `<div class="n${number > 0 ? ` ${name}` : ''}"><dt>${label}</dt><dd>${number.toLocaleString('en')}</dd></div>`).join('')}</dl>
</header>
<main>
${unverified.length === 0 ? '' : unverifiedList(unverified)}${all === shown.length ? '' : leftOut(all)}<form id="filters" role="search" aria-label="Filter the roles">
${one === undefined ? ownerFilter(meta.owners) : ''}<label>Requester <input id="requester" type="search" autocomplete="off" placeholder="part of UID or name"></label>
<label>Engine <select id="engine"><option value="">any</option></select></label>
<label>Verdict <select id="verdict"><option value="">any</option><option>failed</option><option>verified</option><option>revoked</option></select></label>
<label>Failed check <select id="check"><option value="">any</option></select></label>
<button type="reset">Show all</button>
<button type="button" id="csv">CSV</button>
<button type="button" id="json">JSON</button>
<output id="shown" aria-live="polite"></output>
</form>
<noscript><p>Filters and evidence are shown by a script; this page was opened without.</p>${plainTable(shown, meta.names)}</noscript>
<div id="frame" role="region" aria-label="Roles and their checks" tabindex="0">
<table id="matrix"><caption>Every role and what was found. Press Enter on a role for the reasons, the arrow keys to go through them. The heads sort.</caption><thead><tr id="heads"><th scope="col">Role of requester</th></tr></thead><tbody id="rows"></tbody></table>
<p id="none" hidden></p>
</div>
<p class="legend"><span class="p">✓</span> passed <span class="f">✗</span> failed <span class="s">–</span> skipped: could not be checked, which is no pass <span>empty: not asked of this role</span></p>
<section id="paper" aria-label="What failed and what to do"></section>
<div id="tip" role="tooltip" hidden></div>
</main>
<dialog id="card" aria-labelledby="card-title"></dialog>
<script type="application/json" id="data">${jsonForHtml(data)}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const titleOf = ({ uid, name }: Owner): string =>
  escapeHtml(name === undefined ? uid : `${visible(name)} (${uid})`);

const named = ({ uid, name }: Owner) => ({ uid, name: visible(name ?? uid) });

const unverifiedList = (unverified: NonNullable<PageMeta['unverified']>): string =>
  `<ul class="unverified">${unverified
    .map(
      ({ what, reason }) =>
        `<li><b>${escapeHtml(visible(what))}</b> was not verified: ${escapeHtml(visible(reason))}</li>`,
    )
    .join('')}</ul>\n`;

const leftOut = (all: number): string =>
  `<p>Shown are ${MOST_ROLES.toLocaleString('en')} roles, those that failed first; ${(all - MOST_ROLES).toLocaleString('en')} are left out. <code>verify --json</code> has all.</p>\n`;

const ownerFilter = (owners: readonly Owner[]): string => {
  const option = (owner: Owner) => `<option value="${escapeHtml(owner.uid)}">${titleOf(owner)}</option>`;
  return `<label>Owner <select id="owner"><option value="">any</option>${owners.map(option).join('')}</select></label>\n`;
};

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
