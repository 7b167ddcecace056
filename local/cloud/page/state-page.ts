import { createHash } from 'node:crypto';
import { ApiError } from '../error.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import { cellsOf } from './tables.ts';

/** Where the page of a door is. */
export const PAGE_PATH = '/_local';

/** Names of this machine: a page of another origin that points a name of its own here must not read it. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Shows what an account holds and the last calls, to be looked at in a browser. It refreshes itself and filters its rows.
 * No key, token, signature, header, policy text or message body is on it. Throws `ApiError` 403 for another host, 405 for
 * another method.
 */
export function statePage(world: World, account: Account, { method, headers }: RestRequest): RestResponse {
  if (method !== 'GET') throw new ApiError(405, 'MethodNotAllowed', `${PAGE_PATH} is a page: GET it.`);
  if (!LOOPBACK.test(headers['host'] ?? ''))
    throw new ApiError(403, 'Forbidden', `${PAGE_PATH} is shown at 127.0.0.1 and localhost only.`);
  const tables = cellsOf(world, account).map(({ title, columns, rows }) => {
    const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`);
    const head = columns.map((column) => `<th scope="col">${column}</th>`).join('');
    return `<section><h2>${title} <small>${rows.length}</small></h2><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></section>`;
  });
  return {
    status: 200,
    headers: {
      'content-type': 'text/html;charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': POLICY,
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>local cloud ${account.uid}</title><style>${STYLE}</style></head><body><header><h1>Account ${account.uid} of the local cloud</h1><label>Filter <input id="filter" type="search" autofocus></label></header><main id="state">${tables.join('')}</main><script>${SCRIPT}</script></body></html>`,
  };
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLE = `body{font:14px system-ui,sans-serif;margin:1rem;color:#222;background:#fff}
header{display:flex;gap:2rem;align-items:baseline}h1{font-size:1.2rem}h2{font-size:1rem}small{color:#595959}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .5rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}`;

/** Fetches the page anew every two seconds, and hides the rows that do not hold the text of the filter. */
const SCRIPT = `const filter=document.getElementById('filter');
const show=()=>{const text=filter.value.toLowerCase();for(const row of document.querySelectorAll('tbody tr'))row.hidden=!row.textContent.toLowerCase().includes(text)};
filter.addEventListener('input',show);
setInterval(async()=>{if(document.hidden)return;try{const page=await(await fetch(location.pathname)).text();
document.getElementById('state').replaceWith(new DOMParser().parseFromString(page,'text/html').getElementById('state'));show()}catch{}},2000);`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only what is written here runs, and it talks to this door alone. */
const POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
