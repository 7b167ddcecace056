import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { bareCloud, type Place } from './bare.ts';
import type { Body } from './setup.ts';

const F = `acs:fc:cn-hangzhou:${OWNER}:functions/f`;
const invalid = (message: string) => `400 InvalidArgument: ${message}`;

/** A function `f`. */
async function furnished() {
  const cloud = bareCloud();
  await cloud.made();
  return cloud;
}

describe('tags', () => {
  const NO_ARN = invalid(`f is no ARN of a function, acs:fc:cn-hangzhou:${OWNER}:functions/<name>`);
  const KIND = 'ResourceType is "service": functions alone have tags here';
  const query = (parameters: Record<string, unknown>): string =>
    new URLSearchParams(
      Object.entries(parameters).map(([k, v]): [string, string] => [
        k,
        typeof v === 'string' ? v : JSON.stringify(v),
      ]),
    ).toString();
  const of = { ResourceType: 'function', ResourceId: [F] };
  const Tag = [{ Key: 'a' }];

  it.each<[place: Place, words: string, body?: Body]>([
    ['POST /tags-v2', NO_ARN, { ResourceId: ['f'], Tag }],
    ['POST /tags-v2', invalid(`body.${KIND}`), { ...of, Tag, ResourceType: 'service' }],
    [
      'POST /tags-v2',
      "404 FunctionNotFound: function 'g' does not exist",
      { ResourceId: [F.replace(/f$/, 'g')], Tag },
    ],
    [
      'POST /tags-v2',
      "404 FunctionNotFound: function 'acs:fc:cn-x:1:functions/f' does not exist",
      { ResourceId: ['acs:fc:cn-x:1:functions/f'], Tag },
    ],
    [
      'POST /tags-v2',
      invalid('body.ResourceId is missing: Invalid input: expected array, received undefined'),
      { Tag },
    ],
    [
      'POST /tags-v2',
      invalid('body.ResourceId[0] is 7: Invalid input: expected string, received number'),
      { ResourceId: [7], Tag },
    ],
    [`DELETE /tags-v2?${query(of)}`, invalid('TagKey or All=true is missing')],
    [`DELETE /tags-v2?${query({ ...of, All: '' })}`, invalid('TagKey or All=true is missing')],
    [
      `DELETE /tags-v2?${query({ ...of, All: 'xtrue' })}`,
      invalid('query.All is "xtrue": Invalid string: must match pattern /^(true|false)$/i'),
    ],
    [
      `DELETE /tags-v2?${query({ ...of, All: 'falsex' })}`,
      invalid('query.All is "falsex": Invalid string: must match pattern /^(true|false)$/i'),
    ],
    [
      `DELETE /tags-v2?${query({ ...of, TagKey: 'a' })}`,
      invalid('query.TagKey is "a": Invalid input: expected array, received string'),
    ],
    [`GET /tags-v2?${query({ ResourceType: 'service' })}`, invalid(`query.${KIND}`)],
    [
      `GET /tags-v2?${query({ ResourceType: 'function', Limit: '101' })}`,
      invalid('query.Limit is "101": Too big: expected number to be <=100'),
    ],
  ])('%s is refused: %s', async (place, words, body) => {
    const { said, owner } = await furnished();
    expect(await said(place, body)).toBe(words);
    expect(owner.fc.function('f').tags.size).toBe(0);
  });

  it('of one function more than it takes are refused by its name', async () => {
    const { said } = await furnished();
    const many = Array.from({ length: 20 }, (_, index) => ({ Key: `k${index}` }));
    await said('POST /tags-v2', { ...of, Tag: many });
    expect(await said('POST /tags-v2', { ...of, Tag })).toBe(invalid("function 'f' has at most 20 tags"));
  });

  it('of what names no function the right to all is needed', async () => {
    const { said, owner } = await furnished();
    const { keys } = addUser(owner, 'one', { Effect: 'Allow', Action: 'fc:*', Resource: F });
    const tag = (body: Body | string) => said('POST /tags-v2', body, { keys });
    expect(await tag({ ...of, Tag: [] })).toMatch(/^400 InvalidArgument: body.Tag is a list/);
    for (const body of [{ Tag }, { ResourceId: [], Tag }, { ResourceId: [7], Tag }, 'null', 'x', '7'])
      expect(await tag(body), JSON.stringify(body)).toMatch(/^403 AccessDenied: /);
    expect(await said('GET /tags-v2?ResourceType=function', undefined, { keys })).toMatch(
      /^403 AccessDenied: /,
    );
    const { keys: all } = addUser(owner, 'all', { ...everything, Resource: F.replace(/f$/, '*') });
    expect(await said('POST /tags-v2', { Tag }, { keys: all })).toMatch(
      /^400 InvalidArgument: body.ResourceId/,
    );
  });
});
