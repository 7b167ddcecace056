import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { door } from '../../kit/intake.ts';
import { NOW } from '../../kit/signing-keys.ts';

const GOOD = { requesterUid: REQUESTER, engines: ['redis'] };

/** The door of some clients, each with a way of proving itself and a secret that is its name. */
function doorOf(clients: Readonly<Record<string, string>>) {
  const listed = { uid: REQUESTER, name: 'a', engines: '*', access: ['register'] };
  const requesters = readRequesters(
    JSON.stringify({
      requesters: [listed],
      clients: Object.entries(clients).map(([name, type]) => ({
        name,
        requesters: [REQUESTER],
        auth: { type, secretEnv: `SECRET_${name.toUpperCase()}` },
      })),
    }),
  );
  const environment = Object.fromEntries(
    Object.keys(clients).map((name) => [`SECRET_${name.toUpperCase()}`, `${name}-0123456789abcdef`]),
  );
  return door({ environment, settings: () => ({ ownerUid: OWNER, requestTopic: 'requests', requesters }) });
}

describe('a key', () => {
  it('is one of its client: names and keys that read alike in a row are others', async () => {
    const d = doorOf({ app: 'bearer', app1: 'bearer' });
    const bearer = (name: string) => `Bearer ${name}-0123456789abcdef`;
    await d.post(GOOD, { Authorization: bearer('app'), 'Idempotency-Key': '12345678-key' });
    await d.post(GOOD, { Authorization: bearer('app1'), 'Idempotency-Key': '2345678-key' });
    expect(d.published.map(({ body }) => JSON.parse(body).requestId)).toEqual([
      '12345678-key',
      '2345678-key',
    ]);
  });

  it.each(['zendesk', 'hub-signature'])(
    'of a client of %s, which does not sign it, counts with its body',
    async (type) => {
      const d = doorOf({ app: type });
      const secret = 'app-0123456789abcdef';
      const timestamp = new Date(NOW).toISOString();
      const sent = async (reference: string) => {
        const body = JSON.stringify({ ...GOOD, reference });
        const hub = createHmac('sha256', secret).update(body).digest('hex');
        const zendesk = createHmac('sha256', secret)
          .update(timestamp + body)
          .digest('base64');
        const { answer } = await d.post(body, {
          Authorization: '',
          'X-Hub-Signature-256': `sha256=${hub}`,
          'X-Zendesk-Webhook-Signature': zendesk,
          'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
          'Idempotency-Key': 'delivery-12345678',
        });
        return answer.statusCode;
      };
      expect([await sent('one'), await sent('two'), await sent('two')]).toEqual([202, 202, 202]);
      expect(d.published.map(({ body }) => JSON.parse(body).reference)).toEqual(['one', 'two']);
    },
  );

  it.each(['"key-12345678"x', 'x"key-12345678"', '"key-12345678', 'key-12345678"'])(
    'that is quoted in part is no quoted one: %s',
    async (key) => {
      const d = door();
      await d.post(GOOD, { 'Idempotency-Key': key });
      expect(JSON.parse(d.published[0]?.body ?? '').requestId).toMatch(/^key-[0-9a-f]{32}$/);
    },
  );

  it('without a word is none: each call is a request of its own', async () => {
    const d = door();
    for (const key of ['', ' ', '""'])
      expect((await d.post(GOOD, { 'Idempotency-Key': key })).answer.statusCode).toBe(202);
    expect(d.published.map(({ body }) => JSON.parse(body).requestId)).toEqual([
      '1-call-1',
      '1-call-2',
      '1-call-3',
    ]);
  });

  it('that was taken and pushed out since is new', () => {
    const { memory } = door();
    memory.begin('first', 'd', 'r', NOW);
    for (let n = 0; n < 10_000; n += 1) memory.begin(`k${n}`, 'd', 'r', NOW);
    memory.accept('first');
    expect(memory.begin('first', 'd', 'r', NOW)).toEqual({ kind: 'new' });
  });
});
