import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../events/reply.ts';
import { QUERIES } from '../../scripts/operations/queries.ts';
import { populate } from '../kit/populate.ts';
import { HOUR } from '../kit/time.ts';
import { type Ground, openGround, REQUESTER } from '../rights/ground.ts';
import { finds } from './log-query.ts';

/** Lines that the built functions wrote in a day with everything in it, by their event. */
const lines = new Map<string, Record<string, unknown>[]>();
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
/** Of a requester that publishes by itself. */
const OWN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
/** Replies to requests with it: granted, refused for what it names, refused for its form. */
let traced: readonly Reply[] = [];

let at: Ground;
beforeAll(async () => {
  at = await openGround();
  const post = async (body: object, headers: Record<string, string>) => {
    const sent = fetch(`${at.ready.http}/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    await at.clock.during(sent);
    await at.settle();
  };
  const authorization = `Bearer ${at.httpToken}`;
  await post(
    { requesterUid: REQUESTER, engines: ['redis'], requestId: 'T-1' },
    { authorization, traceparent: TRACE },
  );
  await post(
    { requesterUid: REQUESTER, engines: ['redis'] },
    { authorization: 'Bearer wrong', traceparent: 'x' },
  );
  traced = [
    await at.ask({ requesterUid: REQUESTER, engines: ['gdb'], requestId: 'T-2', traceparent: OWN }),
    await at.ask({ requesterUid: REQUESTER, engines: ['nothing'], requestId: 'T-3', traceparent: OWN }),
    await at.ask({ requesterUid: REQUESTER, engines: 7, requestId: 'T-4', traceparent: OWN }),
  ];
  await at.ask({ requesterUid: '999', engines: ['redis'] });
  await at.sweep();
  const RoleName = `dms-cross-account-${REQUESTER}`;
  await at.byHand('AttachPolicyToRole', { RoleName, PolicyType: 'System', PolicyName: 'ReadOnlyAccess' });
  await at.clock.advance(HOUR);
  await at.sweep();
  await at.withoutReplies(() => at.ask({ requesterUid: REQUESTER, engines: ['gdb'] }).catch(() => undefined));
  await at.renew();
  at.owner.ram.limits.roles = 0;
  await at.ask({ requesterUid: REQUESTER, engines: ['gdb'] });
  await populate(at.world, at.owner, 12);
  for (const { name } of [...at.owner.ram.roles.values()])
    if (/^dms-cross-account-/.test(name))
      await at.byHand('AttachPolicyToRole', {
        RoleName: name,
        PolicyType: 'System',
        PolicyName: 'ReadOnlyAccess',
      });
  await at.sweep();
  for (const { line } of at.logs()) {
    if (!line.startsWith('{')) continue;
    const parsed: Record<string, unknown> = JSON.parse(line);
    const event = String(parsed['event']);
    lines.set(event, [...(lines.get(event) ?? []), parsed]);
  }
});
afterAll(() => at.close());

const last = (event: string, where: (line: Record<string, unknown>) => boolean = () => true) =>
  (lines.get(event) ?? []).filter(where).at(-1);

describe('the log', () => {
  it('has a line for each step of a request, which its id finds', () => {
    const mine = (event: string) => last(event, (line) => line['requestId'] === 'T-1');
    const common = {
      requestId: 'T-1',
      requesterUid: REQUESTER,
      engines: ['redis'],
      traceparent: TRACE,
      durationMs: expect.any(Number),
    };
    expect(mine('answered')).toMatchObject({ ...common, status: '202', calls: 1 });
    expect(mine('provisioned')).toMatchObject({
      ...common,
      status: 'applied',
      calls: expect.any(Number),
    });
    expect(mine('replied')).toMatchObject({
      ...common,
      status: 'verified',
      roleArn: `acs:ram::2000000000000002:role/dms-cross-account-${REQUESTER}`,
      failedChecks: [],
    });
  });

  it('counts the calls that were made', () => {
    const counted = ['provisioned', 'replied'].map((event) =>
      Number(last(event, (line) => line['requestId'] === 'T-1')?.['calls']),
    );
    // README.md shows them one by one, for two engines: 10 of provision, 10 of verify.
    expect(counted).toEqual([10, 9]);
  });

  it('repeats no trace that is none', () => {
    const refused = last('answered', (line) => line['status'] === '401');
    expect(refused).toBeDefined();
    expect(refused).not.toHaveProperty('traceparent');
  });

  it('and the reply carry the trace of a request, also of one that is refused', () => {
    expect(traced.map(({ traceparent, data }) => [data.status, data.requestId, traceparent])).toEqual([
      ['verified', 'T-2', OWN],
      ['rejected', 'T-3', OWN],
      ['rejected', 'T-4', OWN],
    ]);
    for (const requestId of ['T-2', 'T-3', 'T-4'])
      for (const event of ['provisioned', 'replied'])
        expect(last(event, (line) => line['requestId'] === requestId)).toMatchObject({ traceparent: OWN });
  });

  it('has no trace of a request that came without one', () => {
    const plain = last('replied', (line) => line['problem'] === 'requester-not-allowed');
    // Told to the one that the topic belongs to, whomever the body names.
    expect(plain).toMatchObject({ status: 'rejected', requesterUid: REQUESTER });
    expect(plain).not.toHaveProperty('traceparent');
  });

  it('tells of drift, role by role', () => {
    expect(last('changed', (line) => line['requesterUid'] === REQUESTER)).toMatchObject({
      status: 'changed',
      problem: 'verification-failed',
      failedChecks: ['policies-attached'],
    });
    expect(last('swept')).toMatchObject({ roles: 12, failed: expect.any(Number), calls: expect.any(Number) });
  });
});

/** What each query is to find, of all lines. */
type Line = Readonly<Record<string, unknown>>;
const isOne =
  (event: string, ...statuses: string[]) =>
  (line: Line) =>
    line['event'] === event && (statuses.length === 0 || statuses.includes(String(line['status'])));
const FINDS: Readonly<Record<string, (line: Line) => boolean>> = {
  request: (line) => line['requestId'] === 'T-1',
  requester: (line) => line['requesterUid'] === REQUESTER,
  'failed-verdicts': isOne('replied', 'failed'),
  'refused-requests': isOne('replied', 'rejected'),
  'refused-callers': isOne('answered', '401', '403'),
  drift: isOne('changed'),
  'sweep-refused': isOne('sweep-refused'),
  'failed-invocations': isOne('invocation-failed'),
  sweeps: isOne('swept'),
  outcomes: isOne('replied'),
  duration: (line) => isOne('provisioned')(line) || isOne('replied')(line),
};

describe.each(QUERIES)('the query $name', ({ name, events, text }) => {
  it('finds the lines that it is for, and no others', () => {
    const query = text.replaceAll('<requestId>', 'T-1').replaceAll('<requesterUid>', REQUESTER);
    const all = [...lines.values()].flat();
    const found = all.filter((line) => finds(query, { message: JSON.stringify(line), functionName: 'f' }));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    expect(found).toEqual(all.filter((line) => FINDS[name]?.(line)));
  });

  it('reads fields that the lines of its events have, and statuses that they come with', () => {
    const read = [...text.matchAll(/'\$\.(\w+)'/g)].map(([, name]) => name ?? '');
    const found = events.flatMap((event) => lines.get(event) ?? []);
    for (const event of events) expect(lines.has(event), event).toBe(true);
    const known = new Set(found.flatMap((line) => Object.keys(line)));
    expect(read.filter((name) => !known.has(name))).toEqual([]);
    const wanted = [...text.matchAll(/\$\.status'\) in \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(', '),
    );
    const seen = new Set(found.map((line) => `'${line['status']}'`));
    expect(wanted.some((status) => seen.has(status)) || wanted.length === 0).toBe(true);
  });

  it('asks for events that the functions log', () => {
    const named = [...text.matchAll(/\$\.event'\) (?:= |in \()'([\w-]+)'/g)].map(([, event]) => event);
    for (const event of named) expect(events).toContain(event);
  });
});
