import { describe, expect, it } from 'vitest';
import type { Request } from '../../../events/request.ts';
import { admit } from '../../../shared/admission/admit.ts';
import { capOf, endRules } from '../../../shared/admission/end-rules.ts';
import { NOBODY, type Requester, type Requesters } from '../../../shared/admission/requesters.ts';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { requesterAs } from '../../kit/requester.ts';

const AT = millis(Date.parse('2026-11-23T10:00:00Z'));
const day = (text: string) => millis(Date.parse(`${text}T00:00:00Z`));

const requester = (rest: Partial<Requester> = {}): Requesters => ({
  requesters: [requesterAs({ uid: REQUESTER, name: 'a', ...rest })],
  clients: [],
});
type Ask = Pick<Request, 'action' | 'access' | 'requesterUid'> &
  Parameters<typeof admit>[2] & { readonly engines: Parameters<typeof admit>[1] };
const ask = (rest: Partial<Ask> = {}): Ask => ({
  action: 'grant',
  requesterUid: REQUESTER,
  engines: ['redis'],
  access: 'register',
  topic: 't',
  signature: 'absent',
  ...rest,
});
const refusalOf = (a: Ask, who: Requesters) => admit(a, a.engines, a, who);
const code = (a: Ask, who = requester()) => refusalOf(a, who)?.code ?? 'admitted';

describe('who may ask', () => {
  it('nobody, where nobody is listed', () => {
    for (const action of ['grant', 'revoke', 'verify'] as const)
      expect(code(ask({ action }), NOBODY)).toBe('requester-not-allowed');
  });

  it('not another account', () => {
    expect(code(ask({ requesterUid: '1000000000000002' }))).toBe('requester-not-allowed');
    expect(code(ask({ requesterUid: `${REQUESTER} ` }))).toBe('requester-not-allowed');
  });
});

describe('the binding of the sender', () => {
  const bound = requester({ topics: ['t', 'u'] });
  const signing = requester({ publicKeys: ['whpk_x'] });
  const both = requester({ topics: ['t'], publicKeys: ['whpk_x'] });
  const cases: [string, Requesters, Partial<Ask>, string][] = [
    ['its topic', bound, {}, 'admitted'],
    ['its other topic', bound, { topic: 'u' }, 'admitted'],
    ['another topic', bound, { topic: 'v' }, 'sender-mismatch'],
    ['no topic', bound, { topic: null }, 'sender-mismatch'],
    ['a topic in capitals', bound, { topic: 'T' }, 'sender-mismatch'],
    ['a signature', signing, { signature: 'valid', topic: null }, 'admitted'],
    ['no signature', signing, {}, 'signature-invalid'],
    ['a wrong signature', signing, { signature: 'invalid' }, 'signature-invalid'],
    ['both', both, { signature: 'valid' }, 'admitted'],
    ['the topic only', both, {}, 'signature-invalid'],
    ['the signature only', both, { signature: 'valid', topic: 'v' }, 'sender-mismatch'],
    ['neither needed', requester(), { topic: null, signature: 'invalid' }, 'admitted'],
  ];
  it.each(cases)('%s', (_name, who, rest, expected) => {
    for (const action of ['grant', 'revoke', 'verify'] as const)
      expect(code(ask({ ...rest, action }), who)).toBe(expected);
  });

  it('a missing and a wrong signature read the same', () => {
    const problems = (['absent', 'invalid'] as const).map((signature) =>
      refusalOf(ask({ signature }), signing),
    );
    expect(problems[0]).toEqual(problems[1]);
  });
});

describe('what a grant may ask for', () => {
  it('only listed engines; the others are named', () => {
    const who = requester({ engines: ['redis', 'rds'] });
    expect(code(ask({ engines: ['redis'] }), who)).toBe('admitted');
    const refused = refusalOf(ask({ engines: ['redis', 'gdb', 'lindorm'] }), who);
    expect(refused).toMatchObject({ code: 'engine-not-allowed', retryable: false });
    expect(JSON.stringify(refused)).toContain('gdb, lindorm, only for redis, rds');
  });

  it('only listed access', () => {
    expect(code(ask({ access: 'console', engines: [] }))).toBe('access-not-allowed');
    expect(code(ask({ access: 'console', engines: [] }), requester({ access: ['console'] }))).toBe(
      'admitted',
    );
    expect(code(ask(), requester({ access: ['console'] }))).toBe('access-not-allowed');
  });

  it('taking away and looking are never refused for what may be had', () => {
    const narrow = requester({ engines: ['rds'], access: ['console'], maxDays: 1 });
    for (const action of ['revoke', 'verify'] as const)
      expect(code(ask({ action }), narrow)).toBe('admitted');
  });

  it('a new end is refused for what may not be had, as a grant is', () => {
    for (const action of ['grant', 'extend'] as const)
      expect(code(ask({ action }), requester({ engines: ['rds'] }))).toBe('engine-not-allowed');
  });
});

describe('access in an emergency', () => {
  const may = (engines: '*' | readonly EngineId[] | null, asked: readonly EngineId[], breakGlass = true) => {
    const rule = engines === null ? null : { maxHours: 4, engines };
    const request = { ...ask({ engines: asked }), ...(breakGlass ? { breakGlass: 'down' } : {}) };
    const { code: refused = 'admitted', detail = '' } =
      admit(request, asked, request, requester({ breakGlass: rule })) ?? {};
    return [refused, detail];
  };

  it('is for who may have it', () => {
    expect(may('*', ['redis', 'gdb'])).toEqual(['admitted', '']);
    expect(may(['redis', 'gdb'], ['gdb'])).toEqual(['admitted', '']);
    expect(may(null, ['redis'])).toEqual([
      'access-not-allowed',
      `account ${REQUESTER} may not ask for access in an emergency; ask without "breakGlass", or the owner adds "breakGlass" in requesters.json and deploys again.`,
    ]);
  });

  it('is for the engines that it names alone', () => {
    const rest = (them: string) =>
      `in an emergency, only for redis, gdb; leave ${them} out, or the owner widens "engines" of "breakGlass" in requesters.json and deploys again.`;
    expect(may(['redis', 'gdb'], ['redis', 'lindorm'])).toEqual([
      'engine-not-allowed',
      `account ${REQUESTER} may not ask for lindorm ${rest('it')}`,
    ]);
    expect(may(['redis', 'gdb'], ['rds', 'lindorm'])).toEqual([
      'engine-not-allowed',
      `account ${REQUESTER} may not ask for rds, lindorm ${rest('them')}`,
    ]);
  });

  it('is not asked for by other requests', () => {
    expect(may(null, ['redis'], false)).toEqual(['admitted', '']);
    expect(may(['gdb'], ['redis'], false)).toEqual(['admitted', '']);
  });
});

describe('a refusal says what to do', () => {
  const detail = (a: Ask, who: Requesters) => refusalOf(a, who)?.detail ?? 'admitted';

  it('to whom nobody has listed', () => {
    expect(detail(ask(), NOBODY)).toBe(
      `account ${REQUESTER} is not listed; the owner adds it to requesters.json and deploys again.`,
    );
  });

  it('to who sends to another topic, or to none, which is told no names of topics', () => {
    const bound = requester({ topics: ['u', 'v'] });
    expect(detail(ask(), bound)).toBe(
      `account ${REQUESTER} sends on topics of its own, but this request came from t; publish it to the topic that the owner gave to that account.`,
    );
    expect(detail(ask({ topic: null }), bound)).toBe(
      `account ${REQUESTER} sends on topics of its own, but this request came from no topic; publish it to the topic that the owner gave to that account.`,
    );
  });

  it('to who does not sign', () => {
    expect(detail(ask(), requester({ publicKeys: ['whpk_x'] }))).toBe(
      `account ${REQUESTER} must sign its requests (Standard Webhooks v1a) with a listed key, within 300 seconds of sending; this one carries no signature that proves it. Sign it anew and send it again.`,
    );
  });

  it('to who asks for another access, or for other engines', () => {
    expect(detail(ask({ access: 'console' }), requester({ access: ['register'] }))).toBe(
      `account ${REQUESTER} may ask for register, not for console; the owner widens "access" in requesters.json and deploys again.`,
    );
    const few = requester({ engines: ['redis', 'rds'] });
    expect(detail(ask({ engines: ['gdb', 'redis'] }), few)).toBe(
      `account ${REQUESTER} may not ask for gdb, only for redis, rds; leave it out, or the owner widens "engines" in requesters.json and deploys again.`,
    );
    expect(detail(ask({ engines: ['gdb', 'lindorm'] }), few)).toContain('; leave them out, or the owner');
  });
});

describe('how long', () => {
  const rules = (rest: Partial<Requester>) => endRules(requesterAs({ uid: REQUESTER, ...rest }));
  const ends = (rest: Partial<Requester>) => [rules(rest).defaultEnd(AT), rules(rest).latestEnd(AT)];

  it.each([
    ['nothing', {}, null, null],
    ['"maxDays"', { maxDays: 30 }, '2026-12-24', '2026-12-24'],
    ['"defaultDays"', { defaultDays: 7 }, '2026-12-01', null],
    ['both', { defaultDays: 7, maxDays: 30 }, '2026-12-01', '2026-12-24'],
    ['a default above the limit', { defaultDays: 60, maxDays: 30 }, '2026-12-24', '2026-12-24'],
  ] as const)('%s says when a grant ends by default, and at the latest', (_what, rest, byDefault, latest) => {
    expect(ends(rest)).toEqual([byDefault && day(byDefault), latest && day(latest)]);
  });

  it('of an account that is not listed is not limited: it is granted nothing', () => {
    expect(endRules(undefined).latestEnd(AT)).toBeNull();
  });

  it('is the same all day long, and always past the full days', () => {
    const ends = [0, 1, 43_200_000, 86_399_999].map((ms) => capOf(millis(day('2026-11-23') + ms), 1));
    expect(new Set(ends)).toEqual(new Set([day('2026-11-25')]));
  });
});
