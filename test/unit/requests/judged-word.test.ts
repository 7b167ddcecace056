import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { judgedWord } from '../../../shared/requests/judged-word.ts';
import { spokenByOwner } from '../../../shared/requests/owners-word.ts';
import { outcomesOf } from '../../../shared/requests/receive-outcomes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { sample } from '../../kit/samples.ts';
import { envelopeOf, NOW, pairOf } from '../../kit/signing-keys.ts';

const approvers = [{ name: 'ada', publicKey: pairOf(5).publicKey }];
const AT = {
  ownerUid: OWNER,
  upkeepTopic: TOPICS.upkeep,
  ownerTopic: TOPICS.owner,
  requesters: () => readRequesters(JSON.stringify({ requesters: [], approvers })),
};
const wordOf = (says: 'keep' | 'close', over: object = {}) => ({
  owner: { [says]: { requesterUid: REQUESTER, access: 'register', ...over } },
});

/** What verify makes of an outcome that somebody gives it for a word of the owner's topic. */
function told(body: object, claims: object = {}) {
  const message = {
    ...sample('topic'),
    Message: JSON.stringify(body),
    TopicName: TOPICS.owner,
    PublishTime: NOW,
  };
  const event = {
    ...sample('destination-success'),
    requestPayload: JSON.stringify(message),
    responsePayload: JSON.stringify([{ ...sample('outcome'), result: 'report', ...claims }]),
  };
  return outcomesOf(event, AT)?.[0];
}

describe('a word of the owner counts', () => {
  const judged = (body: object, publishedAt: number) => {
    const delivery = {
      body: JSON.stringify(body),
      messageId: 'm-1',
      publishedAt: millis(publishedAt),
      topic: TOPICS.owner,
    };
    return judgedWord(spokenByOwner(delivery), delivery.publishedAt, OWNER, AT.requesters());
  };
  const signed = envelopeOf(JSON.stringify(wordOf('keep')), { seed: 5 });

  it.each([
    ['from when it is published, where that is in the second of its signature', signed, NOW + 998, NOW + 998],
    ['from the second of its signature, where it is published again', signed, NOW + 100_000, NOW + 999],
    ['from when it is published, where nobody has signed it', wordOf('close'), NOW + 7, NOW + 7],
    ['from when it is published, where it is refused', wordOf('keep'), NOW + 7, NOW + 7],
  ])('%s', (_what, body, publishedAt, at) => {
    expect(judged(body, publishedAt).at).toBe(at);
  });

  it('under its own head, or under one for the owner alone', () => {
    const { head } = judged(wordOf('close'), NOW);
    expect([head.to, head.requesterUid]).toEqual([[REQUESTER, 'owner'], REQUESTER]);
    const refused = judged(wordOf('close', { requesterUid: OWNER }), NOW);
    expect([refused.head.to, refused.head.requesterUid]).toEqual([['owner'], OWNER]);
  });
});

describe('a word of the owner, as verify tells of it', () => {
  it('that keeps a role names whoever has signed it, and nobody whom the outcome names', () => {
    const signed = envelopeOf(JSON.stringify(wordOf('keep')), { seed: 5 });
    expect(told(signed)).toMatchObject({ approvedBy: 'ada', to: [REQUESTER, 'owner'], action: 'verify' });
    expect(told(wordOf('close'), { approvedBy: 'ada' })).toMatchObject({
      approvedBy: null,
      to: [REQUESTER, 'owner'],
    });
  });

  it.each([
    ['that nobody has signed', wordOf('keep'), 'signature-invalid'],
    [
      'that was signed for another account',
      envelopeOf(JSON.stringify(wordOf('keep', { ownerUid: '2000000000000009' })), { seed: 5 }),
      'wrong-account',
    ],
    ["that closes the owner's own account", wordOf('close', { requesterUid: OWNER }), 'own-account'],
    ['that cannot be read', { owner: { keep: {} } }, 'invalid-request'],
  ])('%s is told to the owner alone', (_what, body, code) => {
    expect(told(body, { result: 'rejected', problem: sample('outcome')['problem'] })).toMatchObject({
      problem: { code },
      to: ['owner'],
      approvedBy: null,
    });
  });
});
