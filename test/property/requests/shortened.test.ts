import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRequest } from '../../../events/parse-request.ts';
import { shortened } from '../../../shared/requests/shortened.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';

/** What a body says after its event was shortened. */
function after(body: string) {
  const event = {
    TopicOwner: OWNER,
    TopicName: 'requests',
    MessageId: 'M-1',
    Message: body,
    PublishTime: 1_795_428_232_000,
  };
  const [text = ''] = shortened(JSON.stringify(event));
  return parseRequest(JSON.parse(text).Message);
}

const many = (count: number, item: string) => new Array<string>(count).fill(item);
const good = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'mine' };

it.each([
  ['41 engines and one more', { ...good, engines: [...many(41, 'redis'), 'gdb'] }],
  ['64 engines', { ...good, engines: many(64, 'redis') }],
  ['65 engines', { ...good, engines: many(65, 'redis') }],
  ['4,444 engines', { ...good, engines: many(4_444, 'redis') }],
  [
    'its fields behind 4,000 others',
    { ...Object.fromEntries(many(4_000, '').map((_, n) => [`k${n}`, 1])), ...good },
  ],
  ['a hidden key behind others', { ...good, instances: JSON.parse('{"a":1,"__proto__":["r-1"]}') }],
  ['a name of 400 characters', { ...good, instances: { ['x'.repeat(400)]: [] } }],
  ['a number for its UID', { ...good, requesterUid: 12 }],
])('%s', (_what, request) => {
  for (const fill of ['', '\n'.repeat(20_000)]) {
    const body = fill + JSON.stringify(request);
    expect(after(body)).toEqual(parseRequest(body));
  }
});

it('a message that was shortened reads as the whole one does', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('redis', 'gdb', 'r-1', 'vpc', 'x'.repeat(400)));
  const list = fc
    .tuple(fc.array(text, { maxLength: 5 }), fc.nat(90), text)
    .map(([some, count, item]) => [...some, ...many(count, item)]);
  const record = fc.dictionary(fc.oneof(text, fc.constantFrom('redis', 'gdb')), list, { maxKeys: 4 });
  const value = fc.oneof(text, list, record, fc.integer(), fc.boolean(), fc.constant(null));
  const known = fc.record(
    {
      requesterUid: fc.oneof({ weight: 4, arbitrary: fc.constant(REQUESTER) }, value),
      engines: fc.oneof(list, value),
      action: fc.oneof(fc.constantFrom('grant', 'revoke', 'extend'), value),
      connections: fc.oneof(fc.constant(['vpc']), value),
      instances: fc.oneof(record, value),
      readOnly: value,
      expiresAt: fc.oneof(fc.constant('2030-01-01T00:00Z'), value),
      users: value,
      requestId: fc.oneof(fc.constant('mine'), value),
      reference: value,
    },
    { requiredKeys: ['requesterUid'] },
  );
  const others = fc.tuple(fc.nat(120), fc.dictionary(text, value, { maxKeys: 4 }));
  fc.assert(
    fc.property(known, others, fc.boolean(), (fields, [count, odd], last) => {
      const strange = { ...Object.fromEntries(many(count, '').map((_, n) => [`k${n}`, n])), ...odd };
      const body = JSON.stringify(last ? { ...strange, ...fields } : { ...fields, ...strange });
      fc.pre(Buffer.byteLength(body) <= 65_536);
      expect(after(body)).toEqual(parseRequest(body));
    }),
    { numRuns: cases(1_500) },
  );
});
