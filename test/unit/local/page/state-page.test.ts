import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { createQueue } from '../../../../local/cloud/mns/index.ts';
import { statePage } from '../../../../local/cloud/page/state-page.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole, twoAccounts } from '../../../kit/two-accounts.ts';
import { request } from '../signature/sign.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');

const get = (host: string, method = 'GET') => request({ method, target: '/_local', headers: { host } });

it('the page is its tables, a style and a script, and nothing else may run', () => {
  const { world, owner } = twoAccounts(new TestClock(NOW));
  const { status, headers, body } = statePage(world, owner, get('127.0.0.1:80'));
  const html = String(body);
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect([status, headers]).toEqual([
    200,
    {
      'content-type': 'text/html;charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  ]);
  expect([style, script]).toEqual([
    expect.stringContaining('table{'),
    expect.stringContaining('location.pathname'),
  ]);
  const table = (title: string, columns: string, rows: readonly string[][] = []) =>
    `<section><h2>${title} <small>${rows.length}</small></h2><table><thead><tr>${columns
      .split(' ')
      .map((column) => `<th scope="col">${column.replace('_', ' ')}</th>`)
      .join('')}</tr></thead><tbody>${rows
      .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
      .join('')}</tbody></table></section>`;
  const tables = [
    table('Accounts', 'UID Roles Users Queues Topics Functions', [
      [`${OWNER} (this one)`, '0', '0', '0', '0', '0'],
      [REQUESTER, '0', '0', '0', '0', '0'],
    ]),
    table('Last calls', 'At Operation Status Caller Took'),
    table('Roles', 'Name Policies Tags Changed'),
    table('Users', 'Name Groups Policies'),
    table('Groups', 'Name Members Policies'),
    table('Policies', 'Name Versions Attached_to Changed'),
    table('Queues', 'Name Active Held Delayed'),
    table('Topics', 'Name Subscriptions'),
    table('Functions', 'Name Runtime Triggers Changed'),
  ];
  expect(html).toBe(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>local cloud ${OWNER}</title><style>${style}</style></head><body><header><h1>Account ${OWNER} of the local cloud</h1><label>Filter <input id="filter" type="search" autofocus></label></header><main id="state">${tables.join('')}</main><script>${script}</script></body></html>`,
  );
});

it.each<[host: string | null, method: string, words: string]>([
  ['127.0.0.1', 'POST', '405 MethodNotAllowed: /_local is a page: GET it.'],
  ['x127.0.0.1', 'GET', '403 Forbidden: /_local is shown at 127.0.0.1 and localhost only.'],
  ['localhost:80x', 'GET', '403 Forbidden: /_local is shown at 127.0.0.1 and localhost only.'],
  [null, 'GET', '403 Forbidden: /_local is shown at 127.0.0.1 and localhost only.'],
])('at %s by %s there is none: %s', (host, method, words) => {
  const { world, owner } = twoAccounts(new TestClock(NOW));
  const asked = host === null ? request({ target: '/_local' }) : get(host, method);
  let refused = '';
  try {
    statePage(world, owner, asked);
  } catch (error) {
    if (error instanceof ApiError) refused = `${error.status} ${error.code}: ${error.message}`;
  }
  expect(refused).toBe(words);
});

it.each(['LOCALHOST', 'localhost:65535', '[::1]'])('at %s it is shown, names escaped', (host) => {
  const { world, owner } = twoAccounts(new TestClock(NOW));
  createQueue(world, owner, 'q');
  addRole(owner, 'r', {}).tags.set('<&>', `"'\``);
  expect(String(statePage(world, owner, get(host)).body)).toContain(
    '<td>&#60;&#38;&#62;=&#34;&#39;&#96;</td>',
  );
});
