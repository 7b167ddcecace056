import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { millis } from '../../shared/runtime/clock.ts';

/**
 * Makes a call of each kind that the functions make and says what came of it. Meant to be bundled, with and without the
 * modules that are called dead, and to say the same.
 */
export async function callEach(endpoint: string): Promise<readonly string[]> {
  let now = 0;
  const clock = {
    now: () => millis(now),
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const keys = { accessKeyId: 'STS.x', accessKeySecret: 'x', securityToken: 'x' };
  const credentials = new Credentials(keys, millis(0));
  // Long enough for one repetition, so that a failure that is retried ends soon.
  const patience = { clock, random: () => 1, deadline: millis(500) };
  const api = new Api({ ...patience, credentials, endpoint });
  const call = { service: 'X', version: '1', action: 'Y', host: 'x', parameters: { A: '1' } };
  const mns = { accountId: '1', endpoint, credentials };
  return Promise.all(
    [
      () => api.call(call),
      () => api.call({ ...call, body: 'form' }),
      () => api.call({ ...call, pathname: '/y', body: 'json' }),
      () => topic('t', mns, patience).publish('{}', 'tag'),
    ].map(async (make) => {
      try {
        return JSON.stringify(await make());
      } catch (error) {
        return String(error);
      }
    }),
  );
}
