import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageData } from '../../../cli/report/data.ts';
import { escapeHtml, jsonForHtml } from '../../../cli/report/escape.ts';
import { page } from '../../../cli/report/page.ts';
import { SCRIPT } from '../../../cli/report/script.ts';
import { STYLE } from '../../../cli/report/style.ts';
import type { RoleReport } from '../../../events/report.ts';
import { visible } from '../../../events/visible.ts';

const META = { owners: [{ uid: '2000000000000002' }], madeAt: '2026-11-23T10:00:00.000Z' };
const role = (over: Partial<RoleReport>): RoleReport => ({
  roleArn: 'acs:ram::2000000000000002:role/r',
  requesterUid: '1',
  access: 'register',
  status: 'verified',
  assurance: 'assumed',
  grants: [],
  lastUsedOn: null,
  checks: [{ id: 'trust-dms', status: 'pass', detail: 'fine', fix: null }],
  ...over,
});

describe('the page', () => {
  it('counts emergencies that nobody has confirmed, and shows what is said of them as text', () => {
    const breakGlass = {
      reason: '<b>lost',
      since: '2026-11-23T08:00:00.000Z',
      until: '2026-11-23T12:00:00.000Z',
    };
    const roles = [
      role({ breakGlass: { ...breakGlass, confirmed: false } }),
      role({ breakGlass: { ...breakGlass, confirmed: true } }),
    ];
    const further = role({ breakGlass: { ...breakGlass, confirmed: false } });
    expect(page([...roles, further], META)).toContain('<dt>emergencies to confirm</dt><dd>2</dd>');
    expect(page([role({})], META)).not.toContain('emergencies');
    expect(pageData(roles).roles.map(({ emergency }) => emergency)).toEqual([
      'from 2026-11-23T08:00:00.000Z to 2026-11-23T12:00:00.000Z, not confirmed by the owner: <b>lost',
      'from 2026-11-23T08:00:00.000Z to 2026-11-23T12:00:00.000Z, confirmed by the owner: <b>lost',
    ]);
  });

  it('has a plain table for whoever runs no script, with what failed first', () => {
    const html = page(
      [
        role({ requesterUid: '1' }),
        role({
          requesterUid: '2',
          status: 'failed',
          checks: [{ id: 'trust-dms', status: 'fail', detail: 'd', fix: 'f' }],
        }),
      ],
      META,
    );
    const [, plain = ''] = /<noscript>([\s\S]*?)<\/noscript>/.exec(html) ?? [];
    expect([...plain.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row = '']) => row)).toEqual([
      '2</th><td></td><td>register</td><td>failed</td><td>none</td><td>never</td><td>-</td><td>trust-dms</td><td>acs:ram::2000000000000002:role/r</td>',
      '1</th><td></td><td>register</td><td>verified</td><td>none</td><td>never</td><td>-</td><td>none</td><td>acs:ram::2000000000000002:role/r</td>',
    ]);
  });

  it('does not colour a count of none as if it were bad', () => {
    expect(page([role({})], META)).toContain('<div class="n"><dt>failed</dt><dd>0</dd>');
    expect(page([role({ status: 'failed' })], META)).toContain(
      '<div class="n failed"><dt>failed</dt><dd>1</dd>',
    );
  });

  it('holds one style sheet, one script and one block of data, whatever the roles say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const hostile = `</script><style>${text}`;
        const html = page(
          [
            role({
              roleArn: hostile,
              requesterUid: hostile,
              checks: [{ id: hostile, status: 'fail', detail: hostile, fix: hostile }],
            }),
          ],
          {
            owners: [{ uid: hostile, name: hostile }, { uid: '2' }],
            unverified: [{ what: hostile, reason: hostile }],
            madeAt: hostile,
          },
        );
        expect(html.match(/<script/gi)).toHaveLength(2);
        expect(html.match(/<\/script/gi)).toHaveLength(2);
        expect(html.match(/<style/gi)).toHaveLength(1);
        const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
        const data = JSON.parse(json);
        expect(data.roles[0].uid).toBe(visible(hostile));
        expect(data.texts).toEqual([visible(hostile)]);
      }),
      { numRuns: 200 },
    );
  });

  it('counts the verified roles of which something could not be checked', () => {
    const skipped = [{ id: 'engine:redis', status: 'skip', detail: 'no answer', fix: null } as const];
    const html = page(
      [role({}), role({ checks: skipped }), role({ checks: skipped, status: 'failed' })],
      META,
    );
    expect(html).toContain('<dt>not wholly checked</dt><dd>1</dd>');
    expect(page([role({})], META)).not.toContain('not wholly checked');
  });

  it('has a script that can be read, and nothing in it or the style sheet that ends its element', () => {
    expect(() => new vm.Script(SCRIPT)).not.toThrow();
    expect(SCRIPT + STYLE).not.toMatch(/<\/|<!--/);
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|setAttribute\('style'/,
    );
  });

  it('allows its own script and style sheet by their hashes, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page([], META))?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; script-src &#39;sha256-[^;]+&#39;; style-src &#39;sha256-/,
    );
    expect(policy).not.toContain('unsafe');
  });

  it('of no roles is a page', () => {
    expect(page([], META)).toContain('<dd>0</dd>');
  });
});

describe('its data', () => {
  it('puts failed roles first, then goes by requester; the checks in the order in which they are made', () => {
    const failed = role({
      requesterUid: '9',
      status: 'failed',
      checks: [
        { id: 'engine:redis', status: 'skip', detail: '', fix: null },
        { id: 'something-new', status: 'pass', detail: '', fix: null },
        { id: 'ownership', status: 'fail', detail: 'x', fix: 'y' },
      ],
    });
    const data = pageData([role({ requesterUid: '2' }), role({ requesterUid: '1' }), failed]);
    expect(data.roles.map(({ uid }) => uid)).toEqual(['9', '1', '2']);
    expect(data.columns).toEqual(['ownership', 'trust-dms', 'engine:redis', 'something-new']);
  });

  it('has name, engines, end and the meaning of every check', () => {
    const ends = '2027-01-31T00:00:00.000Z';
    const grants = [
      { id: 'redis', expiresAt: null, instances: null, readOnly: false },
      { id: 'gdb', expiresAt: ends, instances: null, readOnly: false },
    ];
    const data = pageData([role({ grants, lastUsedOn: '2026-11-20' })], new Map([['1', 'dba']]));
    expect(data.roles[0]).toMatchObject({ name: 'dba', engines: ['gdb', 'redis'], ends, used: '2026-11-20' });
    expect(data.meanings).toEqual([expect.stringContaining('trusts DMS')]);
    expect(pageData([role({})]).roles[0]).toMatchObject({ name: null, engines: [], ends: null, used: null });
  });

  it('writes a text once that many roles have', () => {
    const data = pageData(Array.from({ length: 100 }, (_, n) => role({ requesterUid: String(n) })));
    expect(data.texts).toEqual(['fine']);
    expect(data.roles[99]?.checks).toEqual([[0, 'p', 0, -1]]);
  });
});

describe('escaping', () => {
  it('leaves nothing that markup is made of, and loses nothing', () => {
    expect(escapeHtml(`<a b='c' d="e">&\``)).toBe('&#60;a b=&#39;c&#39; d=&#34;e&#34;&#62;&#38;&#96;');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonForHtml(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
