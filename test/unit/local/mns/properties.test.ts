import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createQueue,
  createTopic,
  mnsIdle,
  publishToTopic,
  seededDeliveryOrder,
  subscribe,
} from '../../../../local/cloud/mns/index.ts';
import { isXmlText, readXml } from '../../../../local/cloud/mns/xml/read.ts';
import { writeXml } from '../../../../local/cloud/mns/xml/write.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { SECOND } from '../../../kit/time.ts';
import { handleOf, message, mns, xml } from './mns.ts';

/** Any text that XML can carry, with a liking for what XML finds special. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '&',
        ';',
        '#',
        ']',
        ']]>',
        '"',
        "'",
        '\r',
        '\n',
        '\t',
        ' ',
        'amp',
        '&lt;',
      ),
    }),
    fc.string({ unit: 'grapheme' }),
  )
  .filter((body) => body.length > 0 && isXmlText(body));

describe('whatever is sent', () => {
  it('is received byte for byte, over the wire and back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (bodies) => {
        const cloud = mns();
        await cloud.send('PUT', '/queues/q', xml('Queue'));
        for (const body of bodies) {
          expect((await cloud.send('POST', '/queues/q/messages', message(body))).status).toBe(201);
        }
        for (const body of bodies) {
          const got = readXml(Buffer.from((await cloud.send('GET', '/queues/q/messages')).xml));
          expect(got.children.find(({ name }) => name === 'MessageBody')?.text).toBe(body);
        }
      }),
    );
  });

  it('comes out of a topic in the envelope as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const cloud = mns();
        const { world, owner } = cloud;
        createTopic(world, owner, 't');
        createQueue(world, owner, 'q');
        const endpoint = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;
        subscribe(world, owner, 't', 'xml', { endpoint });
        subscribe(world, owner, 't', 'json', { endpoint, notifyContentFormat: 'JSON' });
        publishToTopic(world, owner, 't', { body });
        await mnsIdle(world);
        const [wrapped = '', json = ''] = owner.mns.queue('q').messages.map((stored) => stored.body);
        const inXml = readXml(Buffer.from(wrapped)).children.find(({ name }) => name === 'Message')?.text;
        expect([inXml, JSON.parse(json).Message]).toEqual([body, body]);
      }),
    );
  });

  it('is written so that the same text is read again', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(readXml(Buffer.from(writeXml('Root', { Value: value }))).children).toEqual([
          { name: 'Value', children: [], text: value },
        ]);
      }),
    );
  });

  it('never makes the reader throw anything but a refusal', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      '&#',
      'x;',
      '<?',
      '?>',
      '<!DOCTYPE',
      'a',
      '"',
      '=',
      ' ',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: piece }), fc.string({ unit: 'binary' })), (source) => {
        try {
          readXml(Buffer.from(source));
        } catch (error) {
          expect(error).toMatchObject({ status: 400, code: 'MalformedXML' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});

type Step = { readonly do: 'send' | 'receive' | 'delete' | 'release' | 'wait'; readonly n: number };
const step = fc.record<Step>({
  do: fc.constantFrom('send', 'receive', 'delete', 'release', 'wait'),
  n: fc.integer({ min: 1, max: 31 }),
});

describe('a queue', () => {
  it('loses nothing, and gives nothing to two holders at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const cloud = mns();
        await cloud.send('PUT', '/queues/q', xml('Queue'));
        const at = '/queues/q/messages';
        const left = new Set<string>();
        let held: { body: string; handle: string; until: number }[] = [];
        for (const [index, { do: what, n }] of steps.entries()) {
          if (what === 'wait') await cloud.clock.advance(n * SECOND);
          held = held.filter(({ until }) => until > cloud.clock.now());
          const first = held[0];
          if (what === 'send') {
            left.add(`${index}`);
            await cloud.send('POST', at, message(`${index}`));
          }
          if (what === 'receive') {
            const got = await cloud.send('GET', at);
            expect(got.status).toBe(left.size > held.length ? 200 : 404);
            if (got.status === 404) continue;
            const body = String(got.at('Message', 'MessageBody'));
            expect(left.has(body) && !held.some((other) => other.body === body)).toBe(true);
            held.push({ body, handle: handleOf(got), until: Number(got.at('Message', 'NextVisibleTime')) });
          }
          if (what === 'delete' && first !== undefined) {
            expect((await cloud.send('DELETE', `${at}?ReceiptHandle=${first.handle}`)).status).toBe(204);
            left.delete(first.body);
            held.shift();
          }
          if (what === 'release' && first !== undefined) {
            const target = `${at}?ReceiptHandle=${first.handle}&VisibilityTimeout=${n}`;
            const changed = await cloud.send('PUT', target);
            const handle = handleOf(changed, 'ChangeVisibility', 'ReceiptHandle');
            held[0] = { body: first.body, handle, until: cloud.clock.now() + n * 1000 };
          }
        }
        expect(new Set(cloud.owner.mns.queue('q').messages.map(({ body }) => body))).toEqual(left);
      }),
    );
  });

  it('in disorder repeats and mixes messages, the same way for the same seed, and still loses none', async () => {
    const run = async (seed: number) => {
      const cloud = mns();
      cloud.owner.mns.disorder = seededDeliveryOrder({ seed, duplicates: 0.3, reordered: 0.5 });
      await cloud.send('PUT', '/queues/q', xml('Queue'));
      for (let n = 0; n < 50; n += 1) await cloud.send('POST', '/queues/q/messages', message(`${n}`));
      const got: string[] = [];
      for (;;) {
        const reply = await cloud.send('GET', '/queues/q/messages');
        if (reply.status === 404) return got;
        got.push(String(reply.at('Message', 'MessageBody')));
      }
    };
    const sent = Array.from({ length: 50 }, (_, n) => `${n}`);
    const got = await run(7);
    expect(await run(7)).toEqual(got);
    expect(await run(8)).not.toEqual(got);
    expect(new Set(got)).toEqual(new Set(sent));
    expect(got.length).toBeGreaterThan(50);
    expect([...new Set(got)]).not.toEqual(sent);
  });

  it('of a topic in disorder gets some messages twice', async () => {
    const cloud = mns();
    const { world, owner } = cloud;
    createTopic(world, owner, 't');
    subscribe(world, owner, 't', 'f', { endpoint: `acs:fc:cn-hangzhou:${OWNER}:functions/provision` });
    owner.mns.disorder = seededDeliveryOrder({ seed: 1, duplicates: 1, reordered: 0 });
    publishToTopic(world, owner, 't', { body: 'x' });
    await mnsIdle(world);
    expect(cloud.invoked.map(({ payload }) => payload.toString())).toEqual(['x', 'x']);
  });
});
