import { describe, expect, it, onTestFinished } from 'vitest';
import { openHttpTrigger } from '../../../../local/host/http-trigger.ts';
import { bench } from './setup.ts';

const ORIGIN = 'https://tickets.example';
const RETURNING = (headers: object) =>
  `exports.handler = async () => {
    process.stdout.write('ran\\n');
    return { statusCode: 200, headers: ${JSON.stringify(headers)}, body: 'x' };
  };`;

/** A function that answers with these headers, for POST and for further methods. */
async function open(headers: object = {}, ...methods: string[]) {
  const b = bench();
  const trigger = {
    triggerName: 'web',
    triggerType: 'http',
    triggerConfig: { authType: 'anonymous', methods: ['POST', ...methods] },
  };
  await b.deploy({ web: { source: RETURNING(headers), props: { triggers: [trigger] } } });
  const { url, close } = await openHttpTrigger(b.host, b.account, 'web');
  onTestFinished(close);
  const ask = async (method: string, sent: Record<string, string>) => {
    const response = await fetch(url, { method, headers: sent });
    const told = [...response.headers].filter(([name]) => name.startsWith('access-control-'));
    return { status: response.status, told: Object.fromEntries(told), runs: b.host.logs.length };
  };
  return { ask };
}

describe('a request across origins', () => {
  it('may come from any, unless the function says otherwise', async () => {
    const { ask } = await open();
    expect(await ask('POST', { origin: ORIGIN })).toEqual({
      status: 200,
      told: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Date,x-fc-request-id',
      },
      runs: 1,
    });
    const own = await open({ 'Access-Control-Allow-Origin': 'https://only.example' });
    expect((await own.ask('POST', { origin: ORIGIN })).told).toMatchObject({
      'access-control-allow-origin': 'https://only.example',
    });
  });

  it('without an origin, the answer says only what may be read of it', async () => {
    const { ask } = await open();
    expect((await ask('POST', {})).told).toEqual({ 'access-control-expose-headers': 'Date,x-fc-request-id' });
  });

  it('is told in a refusal, too', async () => {
    const { ask } = await open();
    expect(await ask('PUT', { origin: ORIGIN })).toMatchObject({
      status: 403,
      told: { 'access-control-allow-origin': ORIGIN },
      runs: 0,
    });
  });
});

describe('a preflight', () => {
  const asked = {
    origin: ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };

  it('is answered without the function, which does not list OPTIONS', async () => {
    const { ask } = await open();
    expect(await ask('OPTIONS', asked)).toMatchObject({
      status: 200,
      told: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization',
      },
      runs: 0,
    });
    expect((await ask('OPTIONS', { origin: ORIGIN })).status).toBe(403);
  });

  it('that asks for no header is given none', async () => {
    const { ask } = await open();
    const { 'access-control-request-headers': _, ...method } = asked;
    expect(await ask('OPTIONS', method)).toEqual({
      status: 200,
      told: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Date,x-fc-request-id',
        'access-control-allow-methods': 'POST',
      },
      runs: 0,
    });
  });

  it('is the function’s where it lists OPTIONS', async () => {
    const { ask } = await open({ 'Access-Control-Allow-Methods': 'GET' }, 'OPTIONS');
    expect(await ask('OPTIONS', asked)).toMatchObject({
      status: 200,
      told: { 'access-control-allow-methods': 'GET', 'access-control-allow-origin': ORIGIN },
      runs: 1,
    });
  });
});
