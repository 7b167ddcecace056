import { describe, expect, it } from 'vitest';
import { outcomeSchema } from '../../../events/outcome.ts';
import { cutBy, decidedByNewer, END_REASONS, endWords } from '../../../shared/requests/end-words.ts';
import { inOwnWords } from '../../../shared/requests/in-own-words.ts';
import { isOwnAfter, isOwnBefore } from '../../../shared/requests/own-changes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { sample } from '../../kit/samples.ts';

const AT = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const ARN = 'acs:ram::2000000000000002:role/dms-handshake-verify';

describe('what was found is repeated where it is worded like this', () => {
  it.each([
    'there is no such role',
    'records dms-engine-redis',
    'records dms-engine-redis, dms-engine-gdb',
    'makes room: dms-engine-gdb, dms-engine-rds ended more than a day ago',
    'the trust policy cannot be read',
    'dms.aliyuncs.com is not trusted as documented',
    `${ARN} is not trusted under its external id`,
    `${ARN} is trusted without the condition on sts:ExternalId`,
    'Allow sts:AssumeRole for RAM acs:ram::1:root',
    'Allow sts:AssumeRole for RAM acs:ram::1:root under a condition',
    'Allow sts:AssumeRole for RAM acs:ram::1:root, which is not the documented statement',
    'Deny sts:AssumeRole for RAM * under a condition, which may keep out whom the role is for',
    'the statement that keeps everybody out is gone',
    'DmsCrossAccountPolicy-redis is not attached',
    'the system policy AliyunDMSLoginConsoleAccess is not attached',
    'the policy DmsCrossAccountPolicy-redis is attached',
    'the system policy AdministratorAccess is attached',
    'the policy DmsCrossAccountPolicy-redis does not exist',
    'the document cannot be read as a RAM policy',
    'kvstore:DescribeInstances is missing',
    'kvstore:DescribeInstances on acs:kvstore:*:2:instance/r-1 is missing',
    'Allow kvstore:* on * was not asked for',
    'and 12 more',
    'redis: not granted',
    `redis: ${endWords(null)}`,
    `user:alice.b: ${endWords(AT)}`,
  ])('%s', (before) => {
    expect(isOwnBefore(before)).toBe(true);
    // Neither with more before or after it, nor with blanks in a name.
    for (const odd of [`x ${before}`, `${before} x`, `${before}\n`])
      expect([odd, isOwnBefore(odd)]).toEqual([odd, false]);
  });

  it.each([
    '',
    'call 555',
    'records call 555',
    'and x more',
    'and 12345 more',
    'redis: granted',
    `records ${'x'.repeat(241)}`,
  ])('not this: "%s"', (before) => {
    expect(isOwnBefore(before)).toBe(false);
  });
});

describe('what was written is repeated where it is worded like this', () => {
  it.each([
    '',
    'create-role dms-cross-account-1',
    'update-trust dms-cross-account-1',
    'tag-role dms-cross-account-1',
    'untag-role dms-cross-account-1',
    'create-policy DmsCrossAccountPolicy-redis',
    'create-policy-version DmsCrossAccountPolicy-redis',
    'attach-policy DmsCrossAccountPolicy-redis',
    'detach-policy DmsCrossAccountPolicy-redis',
    `redis: ${endWords(AT)} (${END_REASONS.kept})`,
  ])('"%s"', (after) => {
    expect(isOwnAfter(after)).toBe(true);
    for (const odd of [`${after} x`, `x ${after}`]) expect([odd, isOwnAfter(odd)]).toEqual([odd, false]);
  });

  it.each([
    'delete-role x',
    'create-role',
    `redis: ${endWords(AT)} (call 555)`,
    `redis: not granted (${END_REASONS.kept})`,
  ])('not this: "%s"', (after) => {
    expect(isOwnAfter(after)).toBe(false);
  });
});

describe('an end and its reason are told in these words', () => {
  const TIME = '2026-11-23T10:00:00.000Z';
  it.each([
    [endWords(null), 'no end'],
    [endWords(AT), `ends ${TIME}`],
    [
      cutBy('maxDays', null),
      'shortened: asked for was none, and "maxDays" of requesters.json allows no later one',
    ],
    [
      cutBy('maxHours', AT),
      `shortened: asked for was ${TIME}, and "maxHours" of requesters.json allows no later one`,
    ],
    [decidedByNewer(null), 'asked for was none, and a newer request has decided'],
    [decidedByNewer(AT), `asked for was ${TIME}, and a newer request has decided`],
    [END_REASONS.forNewGrants, 'the request names no end, and this is the one for new grants'],
    [END_REASONS.emergency, 'in an emergency: the request names no end, and this is the latest'],
    [END_REASONS.emergencyAsAsked, 'in an emergency, as asked'],
    [END_REASONS.cutByMaxDays, 'shortened: "maxDays" of requesters.json allows no later one'],
    [END_REASONS.kept, 'kept: the request names no end'],
    [END_REASONS.takenAway, 'taken away, as asked'],
    [END_REASONS.shortened, 'shortened, as asked'],
    [END_REASONS.asAsked, 'as asked'],
    [END_REASONS.beforeRevoke, 'what was said before a later revoke does not count'],
  ])('%s', (given, words) => {
    expect(given).toBe(words);
  });

  it.each([cutBy('maxDays', AT), cutBy('maxHours', null), decidedByNewer(AT), decidedByNewer(null)])(
    '%s',
    (why) => {
      expect(isOwnAfter(`redis: ${endWords(AT)} (${why})`)).toBe(true);
    },
  );
});

describe('an outcome in own words', () => {
  const outcome = outcomeSchema.parse(sample('outcome'));
  const change = { before: 'there is no such role', after: '', asked: true };

  it('has the grants of a record before and after, and nothing between them', () => {
    const grants = ['redis read-only', 'call 555', 'gdb'];
    expect(inOwnWords({ ...outcome, before: grants, after: grants })).toMatchObject({
      before: ['redis read-only', 'gdb'],
      after: ['redis read-only', 'gdb'],
    });
    expect(inOwnWords({ ...outcome, before: null, after: null })).toMatchObject({
      before: null,
      after: null,
    });
  });

  it.each([
    ['engine:redis', true],
    ['trust-dms', true],
    ['redis', false],
    ['engine:', false],
    ['engine:x', false],
    ['xengine:redis', false],
    ['engines redis', false],
    ['abcdefgredis', false],
    ['engine:engine:redis', false],
  ])('has a change of the check "%s": %s', (check, isTold) => {
    const { changes } = inOwnWords({ ...outcome, changes: [{ check, ...change }] });
    expect(changes).toEqual(isTold ? [{ check, ...change }] : []);
  });
});
