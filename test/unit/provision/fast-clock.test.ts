import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { envelopeOf, pairOf } from '../../kit/signing-keys.ts';

/**
 * A signed time may lie 5 s ahead of the broker's. Whoever gets hold of such a grant may publish it again, and that must
 * not bring back what was taken away after it: neither by the requester nor by the owner.
 */

const TOPIC = 'signed';
const world = () =>
  direct(true, {
    requesters: readRequesters(
      JSON.stringify({
        requesters: [
          {
            uid: REQUESTER,
            name: 'signer',
            engines: '*',
            access: ['register'],
            topics: [TOPIC],
            signing: { publicKey: pairOf(1).publicKey },
          },
        ],
      }),
    ),
  });

/** The envelope of a sender whose clock is ahead by so many seconds. */
const signedBy = (at: Direct, ahead: number, body: object, id: string) =>
  envelopeOf(JSON.stringify({ requesterUid: REQUESTER, ...body }), {
    id,
    timestamp: String(Math.floor(at.clock.now() / 1_000) + ahead),
  });

const granted = ({ owner }: Direct): number =>
  owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.attachments.length ?? 0;

const CLOSE = { owner: { close: { requesterUid: REQUESTER, access: 'register' } } };
const REDIS = { engines: ['redis'] };

describe.each([1, 3, 5])('a grant that was signed %i s ahead', (ahead) => {
  it.each([
    ['a close', { action: 'revoke' }],
    ['a revoke of the engine', { action: 'revoke', ...REDIS }],
    ['a close of the owner', null],
  ])('does not come back after %s', async (_what, taking) => {
    const at = await world();
    const grant = signedBy(at, ahead, REDIS, 'grant');
    expect((await send(at, grant, { topic: TOPIC })).result).toBe('applied');
    at.clock.advance(1_000);
    if (taking === null) await send(at, CLOSE);
    else await send(at, signedBy(at, ahead, taking, 'taking'), { topic: TOPIC });
    expect(granted(at)).toBe(0);
    for (let second = 0; second < 12; second += 1) {
      await send(at, grant, { topic: TOPIC });
      expect([second, granted(at)]).toEqual([second, 0]);
      at.clock.advance(1_000);
    }
  });

  it('counts after a revoke that was signed before it', async () => {
    const at = await world();
    await send(at, signedBy(at, ahead, { action: 'revoke' }, 'revoke'), { topic: TOPIC });
    at.clock.advance(1_000);
    await send(at, signedBy(at, ahead, REDIS, 'grant'), { topic: TOPIC });
    expect(granted(at)).toBe(1);
  });
});

it('a grant that was signed 5 s after the owner has closed the role counts', async () => {
  const at = await world();
  await send(at, signedBy(at, 0, REDIS, 'first'), { topic: TOPIC });
  await send(at, CLOSE);
  at.clock.advance(6_000);
  await send(at, signedBy(at, 0, REDIS, 'second'), { topic: TOPIC });
  expect(granted(at)).toBe(1);
});

it('of a requester that does not sign, a grant counts as soon as the owner has closed the role', async () => {
  const at = await direct();
  await send(at, { requesterUid: REQUESTER, ...REDIS });
  await send(at, CLOSE);
  at.clock.advance(1);
  await send(at, { requesterUid: REQUESTER, ...REDIS });
  expect(granted(at)).toBe(1);
});
