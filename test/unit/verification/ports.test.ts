import { expect, it } from 'vitest';
import { portsOf } from '../../../functions/verify/ports.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { readConfig } from '../../../shared/runtime/config.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { contextOf, invocationOf, KEYS } from '../../kit/invocation.ts';
import { closedPort, standIn } from '../alicloud/stand-in.ts';

/** What verify reads with: nothing is begun when the invocation has no time left, whoever would have some. */
const clock = new TestClock();
const portsAt = (endpoint: string, left: number) =>
  portsOf(
    invocationOf(contextOf('verify'), left, { clock }),
    readConfig({ OWNER_UID: OWNER, CLOUD_ENDPOINT: endpoint }, 'cn-hangzhou'),
  );
const session = new Credentials(KEYS, millis(clock.now() + 900_000));
const search = { name: 'AssumeRole', from: millis(0), to: clock.now(), until: millis(clock.now() + 60_000) };

it('a probe and a search of the trail are made while there is time', async () => {
  const { url, seen } = await standIn({ status: 403, body: '{"Code":"NoPermission","Message":"no"}' });
  const { prober, trail } = portsAt(url, 60_000);
  await prober.probe('redis', session);
  const asked = seen.length;
  await trail?.read(search, () => undefined);
  expect([asked > 0, seen.length > asked]).toEqual([true, true]);
});

it('and not after the end of the invocation', async () => {
  const { url, seen } = await standIn({ status: 403, body: '{"Code":"NoPermission","Message":"no"}' });
  const { prober, trail } = portsAt(url, 0);
  expect(await prober.probe('redis', session)).toMatchObject({ kind: 'unavailable' });
  expect((await trail?.read(search, () => undefined))?.fault).toMatchObject({ isDenied: false });
  expect(seen).toEqual([]);
});

it('a probe of an engine that nobody serves proves nothing', async () => {
  const { prober } = portsAt(await closedPort(), 60_000);
  expect(await prober.probe('redis', session)).toMatchObject({ kind: 'unavailable' });
});
