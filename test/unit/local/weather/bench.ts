import { expect } from 'vitest';
import type { Caller } from '../../../../local/cloud/caller.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { ConnectionLost, Weather, type WeatherOptions } from '../../../../local/cloud/weather.ts';
import { TestClock } from '../../../kit/clock.ts';

export interface Passing {
  readonly service?: string;
  readonly operation?: string;
  readonly accessKeyId?: string;
  readonly input?: Readonly<Record<string, string>>;
}

/** Weather without a world around it: keys are `<account>/<role>`, and an effect is a count. */
export function weather(
  options: WeatherOptions = {},
  originOf = (accessKeyId: string): string => accessKeyId,
) {
  const clock = new TestClock();
  const end = new AbortController();
  const holder = (accessKeyId: string): Caller | null => {
    const [accountId = '', roleName = ''] = accessKeyId.split('/');
    const principal = { type: 'role', roleName, roleId: '3', sessionName: 's', sessionPolicy: null } as const;
    return accessKeyId === '' ? null : { accountId, accessKeyId, principal };
  };
  const made = new Weather(clock, options, holder, originOf, end.signal);
  let effects = 0;
  /** `answer`, the status and code of an error, or `hung up`; with `+` if there was an effect. */
  const pass = async (call: Passing = {}): Promise<string> => {
    const before = effects;
    const { service = 'ram', operation = 'GetRole', accessKeyId = '1/someone', input = {} } = call;
    const said = await made
      .pass({ service, operation, accessKeyId, input }, () => {
        effects += 1;
        return 'answer';
      })
      .catch(wordOf);
    return effects > before ? `${said}+` : said;
  };
  const many = async (count: number, call: Passing = {}): Promise<string[]> => {
    const said: string[] = [];
    for (let n = 0; n < count; n += 1) said.push(await pass(call));
    return said;
  };
  return { weather: made, clock, end, pass, many };
}

function wordOf(error: unknown): string {
  if (error instanceof ConnectionLost) return 'hung up';
  expect(error).toBeInstanceOf(ApiError);
  return error instanceof ApiError ? `${error.status} ${error.code}` : '';
}
