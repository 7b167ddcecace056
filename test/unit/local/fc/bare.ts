import { handleFc } from '../../../../local/cloud/fc/index.ts';
import { createTopic } from '../../../../local/cloud/mns/index.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addUser, everything, type Keys, twoAccounts } from '../../../kit/two-accounts.ts';
import { fc, gmt } from '../signature/sign.ts';
import { type Body, saying } from './setup.ts';

export const NOW = Date.parse('2026-11-30T10:00:00Z');

export type Place = `${string} /${string}`;

interface More {
  readonly headers?: Record<string, string>;
  readonly keys?: Keys;
  readonly version?: string;
}

/** Function Compute with a topic `requests`, and nothing that runs its functions. Answers come whole. */
export function bareCloud() {
  const cloud = twoAccounts(new TestClock(NOW));
  const admin = addUser(cloud.owner, 'admin', everything).keys;
  createTopic(cloud.world, cloud.owner, 'requests');
  const ask = async (
    place: Place,
    body?: Body | string,
    { headers = {}, keys = admin, version = '2023-03-30' }: More = {},
  ) => {
    const [method = '', path] = place.split(' ');
    const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
    const draft = { method, target: `/${version}${path}`, headers, body: text };
    const answer = await handleFc(cloud.world, cloud.owner, fc(keys, gmt(cloud.clock.now()), draft));
    const found = String(answer.body);
    return { ...answer, body: found === '' ? null : JSON.parse(found) };
  };
  return {
    ...cloud,
    admin,
    ask,
    /** `<status> <code>: <message>` of a refusal. */
    said: async (...asked: Parameters<typeof ask>): Promise<string> => {
      const { status, body } = await ask(...asked);
      return `${status} ${body?.Code}: ${body?.Message}`;
    },
    /** A function `f`. */
    made: (more: Body = {}) => ask('POST /functions', { ...saying('one'), ...more }),
  };
}
