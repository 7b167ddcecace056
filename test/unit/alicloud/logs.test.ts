import https from 'node:https';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { logMessages } from '../../../shared/alicloud/logs.ts';
import { TestClock } from '../../kit/clock.ts';
import { failureIn, MARKERS, patienceOf, planted, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const WHAT = 'Log Service GetLogsV2 of p/l';
const SEARCH = { query: 'topic: x', from: 1_500, to: 2_001 };

async function told(...says: [Say, ...Say[]]) {
  const { url: endpoint, seen } = await standIn(...says);
  const clock = new TestClock();
  const at = { region: 'cn-hangzhou', project: 'p', logstore: 'l', endpoint, credentials: planted() };
  const read = async (search = SEARCH) => {
    const lines: string[] = [];
    for await (const line of logMessages(at, search, patienceOf(clock))) lines.push(line);
    return lines;
  };
  return { read, seen, clock };
}

const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_none, index) => ({ message: `line ${from + index}` }));
const page = (data: readonly object[], progress = 'Complete') => json(200, { meta: { progress }, data });
const refused = (status: number, errorCode: string) =>
  json(status, { errorCode, errorMessage: `no ${MARKERS.join(' ')}` });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the lines of a log', () => {
  it('are those of one page, with what has no message left out', async () => {
    const { read, seen } = await told(
      page([{ message: 'a' }, { other: 'x' }, { message: '' }, { message: 'b' }]),
    );
    expect(await read()).toEqual(['a', '', 'b']);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url: { pathname: '/sls/p/logstores/l/logs' } });
    expect(seen[0]?.headers['x-log-bodyrawsize']).toBe(String(seen[0]?.body.length));
    expect(seen[0]?.headers['accept-encoding']).toContain('gzip');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      query: 'topic: x',
      from: 1,
      to: 3,
      line: 100,
      offset: 0,
      reverse: false,
    });
  });

  it('are read page by page, until one is not full', async () => {
    const { read, seen } = await told(page(lines(0, 100)), page(lines(100, 100)), page([]));
    expect(await read()).toEqual(lines(0, 200).map(({ message }) => message));
    expect(seen.map(({ body }) => JSON.parse(body).offset)).toEqual([0, 100, 200]);
  });

  it('are asked for again while the answer is not complete', async () => {
    const { read, seen, clock } = await told(
      page([{ message: 'half' }], 'Incomplete'),
      page([{ message: 'a' }]),
    );
    expect(await read()).toEqual(['a']);
    expect(seen).toHaveLength(2);
    expect(clock.waits).toEqual([100]);
  });

  it('that never come to an end are no answer', async () => {
    const { read, seen } = await told(page([], 'Incomplete'));
    expect(await thrownBy(read())).toMatchObject({
      name: 'RetryableError',
      code: 'internal',
      message: `${WHAT}: Incomplete (HTTP 503), after 7 attempts`,
    });
    expect(seen).toHaveLength(7);
  });

  it.each([
    [{ data: [] }, 'meta'],
    [{ meta: {}, data: [] }, 'meta.progress'],
    [{ meta: { progress: 'Complete' } }, 'data'],
    [{ meta: { progress: 'Complete' }, data: [{ message: 1 }] }, 'data.0.message'],
  ])('of another shape are not guessed at: %j', async (answer, place) => {
    const { read } = await told(json(200, answer));
    expect(await thrownBy(read())).toMatchObject({
      name: 'TerminalError',
      message: `${WHAT}: the answer does not have the documented shape (at "${place}")`,
    });
  });
});

describe('a refusal of the log', () => {
  it.each([
    ['Unauthorized', 403, 'TerminalError', 'permission-missing', 1],
    ['SignatureNotMatch', 403, 'TerminalError', 'permission-missing', 1],
    ['ProjectNotExist', 404, 'TerminalError', 'internal', 1],
    ['LogStoreNotExist', 404, 'TerminalError', 'internal', 1],
    ['IndexConfigNotExist', 404, 'TerminalError', 'internal', 1],
    ['ReadQuotaExceed', 429, 'RetryableError', 'throttled', 7],
    ['ServerBusy', 503, 'RetryableError', 'internal', 7],
    ['InternalServerError', 500, 'RetryableError', 'internal', 7],
    ['NobodyKnowsThis', 400, 'TerminalError', 'internal', 1],
  ])('%s has its status (%i) again', async (code, status, name, problem, attempts) => {
    const { read, seen } = await told(refused(status, code));
    const error = await thrownBy(read());
    expect(error).toMatchObject({ name, code: problem });
    expect(failureIn(error)).toEqual({
      what: WHAT,
      code,
      status,
      requestId: null,
      retryAfterMs: null,
      denied: null,
    });
    expect(seen).toHaveLength(attempts);
    for (const marker of MARKERS) expect(String(error)).not.toContain(marker);
  });

  it('has a code of letters and digits alone, whatever the service says', async () => {
    const { read } = await told(refused(400, 'Odd <code>\n'));
    expect(failureIn(await thrownBy(read()))).toMatchObject({ what: WHAT, code: 'Oddcode' });
  });

  it('is none where nobody answers: it is worth another try', async () => {
    const { read, seen } = await told('hang up');
    const error = await thrownBy(read());
    expect(error).toMatchObject({ name: 'RetryableError', code: 'internal' });
    expect(failureIn(error)).toMatchObject({ what: WHAT, status: 0 });
    expect(seen).toHaveLength(7);
  });
});

describe('the log of the real cloud', () => {
  it('is at the host of its project, and encrypted, for as long as the call may take', async () => {
    const request = vi.spyOn(https, 'request').mockImplementation(() => {
      throw new TypeError('there is no network');
    });
    const at = { region: 'cn-hangzhou', project: 'p', logstore: 'l', endpoint: null, credentials: planted() };
    const first = logMessages(at, SEARCH, patienceOf()).next();
    expect(failureIn(await thrownBy(first))).toMatchObject({ what: WHAT, code: 'Unknown', status: 0 });
    const [options] = request.mock.calls.map(([given]) => Object(given));
    expect(options).toMatchObject({
      host: 'p.cn-hangzhou.log.aliyuncs.com',
      path: '/logstores/l/logs?',
      timeout: 10_000,
    });
  });
});
