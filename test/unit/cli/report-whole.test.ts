import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type PageMeta, page } from '../../../cli/report/page.ts';
import { SCRIPT } from '../../../cli/report/script.ts';
import { STYLE } from '../../../cli/report/style.ts';
import type { RoleReport } from '../../../events/report.ts';

/** The page word for word, but for the script and the style sheet, which stand there whole, and the sums of both. */

const role = (over: Partial<RoleReport>): RoleReport => ({
  roleArn: 'acs:ram::2:role/a',
  requesterUid: '1',
  access: 'register',
  status: 'verified',
  assurance: 'assumed',
  grants: [],
  lastUsedOn: null,
  checks: [],
  ...over,
});
const SKIP = { id: 'engine:redis', status: 'skip', detail: 'no answer', fix: null } as const;
const FAIL = { id: 'ownership', status: 'fail', detail: 'no tag', fix: 'set it' } as const;
const PASS = { id: 'trust-dms', status: 'pass', detail: 'as it should be', fix: null } as const;
const grant = (id: string, expiresAt: string | null = null) => ({
  ...{ id, expiresAt, instances: null, readOnly: false },
});
const ENDS = '2027-01-01T00:00:00.000Z';

const sum = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const without = (html: string) =>
  html
    .replace(SCRIPT, 'SCRIPT')
    .replace(STYLE, 'STYLE')
    .replace(sum(SCRIPT), 'SUM OF SCRIPT')
    .replace(sum(STYLE), 'SUM OF STYLE');
const META: PageMeta = { owners: [{ uid: '2' }], madeAt: '2026-11-23T10:00:00.000Z' };

it('of several accounts, with all that can be wrong', () => {
  const roles = [
    role({ requesterUid: '6', status: 'revoked', access: 'console' }),
    role({
      ...{ requesterUid: '7', lastUsedOn: '2026-11-20', checks: [PASS] },
      grants: [grant('redis', ENDS), grant('gdb')],
    }),
    role({ requesterUid: '8', checks: [SKIP, { ...SKIP, id: 'engine:gdb' }], grants: [grant('rds')] }),
    role({
      ...{ requesterUid: '9', roleArn: null, status: 'failed' },
      checks: [FAIL, { ...FAIL, id: 'trust-dms' }],
    }),
  ];
  const html = page(roles, {
    ...META,
    owners: [{ uid: '2', name: 'shop <b>' }, { uid: '3' }],
    names: new Map([['7', 'DBA <i>']]),
    unverified: [
      { what: 'account 4', reason: 'no <b>answer\u202e' },
      { what: 'account 5', reason: 'no right' },
    ],
  });
  expect(without(html)).toBe(readFileSync('test/unit/cli/report-whole.txt', 'utf8'));
});

it('of one account without a role says so, and offers no choice of accounts', () => {
  const html = without(page([], META));
  expect(html).toContain('<title>DMS access of account 2</title>');
  expect(html).toContain('<p>Owner <b>2</b>, checked at <time ');
  expect(html).toContain(
    '<dl><div class="n"><dt>roles</dt><dd>0</dd></div><div class="n"><dt>failed</dt><dd>0</dd></div><div class="n"><dt>verified</dt><dd>0</dd></div><div class="n"><dt>revoked</dt><dd>0</dd></div></dl>',
  );
  expect(html).toContain(
    '<main>\n<form id="filters" role="search" aria-label="Filter the roles">\n<label>Requester ',
  );
  expect(html).toContain('{"columns":[],"meanings":[],"roles":[],"texts":[],"owners":[]}</script>');
});

it('has every element that its script looks for, and no other', () => {
  const owners = [{ uid: '2' }, { uid: '3' }];
  const markup = without(page([role({})], { ...META, owners }));
  const ids = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, id]) => id);
  const there = ids(markup, / id="([^"]+)"/g);
  const [fields = ''] = /(?<=const FIELDS = \[).*(?=\];)/.exec(SCRIPT) ?? [];
  const asked = [...ids(SCRIPT, /(?:byId|getElementById)\('([^']+)'\)/g), ...ids(fields, /'([^']+)'/g)];
  expect([...new Set(asked)].sort()).toEqual([...there].sort());
  for (const name of new Set(ids(markup, /<(?:p|span) class="([^"]+)"/g)))
    expect(STYLE, name).toContain(`.${name}`);
});
