import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../local/cloud/error.ts';
import { createQueue } from '../../../../local/cloud/mns/index.ts';
import type { WeatherCall } from '../../../../local/cloud/weather.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { bench, functionArn, REGION } from './setup.ts';

const queueArn = (region = REGION) => `acs:mns:${region}:${OWNER}:/queues/records/messages`;
/** Answers with as many letters as its event says. */
const SOURCE = `exports.handler = async (event) => 'x'.repeat(Number(event));`;
const SINK = `exports.handler = async (event) => { process.stdout.write(event.toString() + '\\n'); return ''; };`;

/** Functions `f` and `g`, whose successes go to this destination, and the two that there are: a queue, a function. */
async function sendingTo(destination: string) {
  const b = bench();
  const role = b.role('sender', ['fc:InvokeFunction', 'mns:SendMessage']);
  const queue = createQueue(b.world, b.account, 'records');
  const props = { role, asyncInvokeConfig: { destinationConfig: { onSuccess: { destination } } } };
  await b.deploy({ f: { source: SOURCE, props }, g: { source: SOURCE, props }, sink: { source: SINK } });
  const arrived = () => [
    ...queue.messages.map(({ body }) => body),
    ...b.host.logs.filter(({ functionName }) => functionName === 'sink').map(({ line }) => line),
  ];
  return { ...b, arrived };
}

describe('a record', () => {
  it.each([
    ['queue', queueArn(), 64 * 1024],
    ['function', functionArn('sink'), 128 * 1024],
  ])('may be as large as a %s takes', async (type, destination, limit) => {
    const b = await sendingTo(destination);
    await b.send('f', '060000');
    await b.host.idle();
    const fits = 60_000 + limit - Buffer.byteLength(b.arrived()[0] ?? '');
    await b.send('f', String(fits).padStart(6, '0'));
    await b.send('f', String(fits + 1).padStart(6, '0'));
    await b.host.idle();
    expect(b.arrived().map((body) => Buffer.byteLength(body))).toEqual([expect.any(Number), limit]);
    expect(b.host.undelivered.map(({ reason }) => reason)).toEqual([
      `EntityTooLarge: the record has ${limit + 1} bytes, a ${type} takes ${limit}`,
    ]);
  });

  it('stays in the region of its function', async () => {
    const b = await sendingTo(queueArn('cn-beijing'));
    await b.send('f', '1');
    await b.host.idle();
    expect(b.arrived()).toEqual([]);
    expect(b.host.undelivered.map(({ reason }) => reason)).toEqual([
      'Error: a destination must be in the account and the region of its function',
    ]);
  });
});

describe('the weather on the way to a destination', () => {
  it.each([
    ['fc', functionArn('sink'), 0],
    ['mns', functionArn('sink'), 1],
    ['mns', queueArn(), 0],
    ['fc', queueArn(), 1],
  ])('an outage of %s on the way to %s lets %i records through before it ends', async (service, arn, n) => {
    const b = await sendingTo(arn);
    const from = b.clock.now();
    b.world.weather.outages.push({ service, from, until: from + 60_000, kind: 'unavailable' });
    await b.send('f', '1');
    await b.clock.advance(59_000);
    expect(b.arrived()).toHaveLength(n);
    await b.clock.advance(60_000);
    expect(b.arrived()).toHaveLength(1);
  });

  it.each([
    ['fc', functionArn('sink')],
    ['mns', queueArn()],
  ])('meets a call of %s that names the function, and has no key', async (service, arn) => {
    const b = await sendingTo(arn);
    const met: WeatherCall[] = [];
    b.world.weather.faults.push({ matches: (call) => met.push(call) === 0, at: 'before' });
    await b.send('g', '1');
    await b.host.idle();
    expect(met).toEqual([
      { service, operation: 'Destination', accessKeyId: '', input: { functionName: 'g' } },
    ]);
  });

  it('that lasts has a record tried at distances that double, up to a minute', async () => {
    const b = await sendingTo(queueArn());
    const [began, at]: [number, number[]] = [b.clock.now(), []];
    const matches = () => at.push((b.clock.now() - began) / 1_000) > 0;
    b.world.weather.faults.push({ matches, at: 'before', times: Number.POSITIVE_INFINITY });
    await b.send('f', '1');
    await b.clock.advance(200_000);
    expect(at).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it.each([
    [500, ['1'], []],
    [499, [], ['Some: of it']],
  ])('an error of status %i lets these events arrive after a second: %j', async (status, arrived, lost) => {
    const b = await sendingTo(queueArn());
    const error = new ApiError(status, 'Some', 'of it');
    b.world.weather.faults.push({ matches: () => true, at: 'before', error });
    await b.send('f', '1');
    await b.clock.advance(1_000);
    await b.host.idle();
    expect(b.arrived().map((body) => JSON.parse(body).requestPayload)).toEqual(arrived);
    expect(b.host.undelivered.map(({ reason }) => reason)).toEqual(lost);
  });
});
