import { describe, expect, it } from 'vitest';
import { isProved, originOf } from '../../../shared/admission/origin.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { laneOf } from '../../../shared/requests/lane.ts';
import { envelopeOf, NOW, pairOf } from '../../kit/signing-keys.ts';

const [ONE, TWO, THREE, NOBODY] = ['1', '2', '3', '9'];
const signedBy = (seed: number) => envelopeOf('{}', { seed });
const key = (seed: number) => ({ publicKey: pairOf(seed).publicKey });

/** Requesters of a file, by how they are bound: to topics, to a key, to both, or to nothing. */
const file = (...requesters: readonly { uid: string; topics?: readonly string[]; signing?: object }[]) =>
  readRequesters(
    JSON.stringify({
      requesters: requesters.map((one) => ({
        name: `r-${one.uid}`,
        engines: '*',
        access: ['register'],
        ...one,
      })),
    }),
  );

const bound = file({ uid: ONE, topics: ['a', 'b'] }, { uid: TWO, topics: ['c'] });
const signing = file({ uid: ONE, signing: key(1) }, { uid: TWO, signing: key(2) });
const shared = file(
  { uid: ONE, topics: ['s'], signing: key(1) },
  { uid: TWO, topics: ['s', 'own'], signing: key(2) },
);
const mixed = file({ uid: ONE, topics: ['a'] }, { uid: TWO, topics: ['s'], signing: key(2) });
const keyAlone = file({ uid: ONE, topics: ['a'] }, { uid: TWO, signing: key(2) });
const alone = file({ uid: ONE });

describe('who sent a message', () => {
  it.each([
    ['by its own topic, as it says', bound, 'a', null, ONE, ONE, 'absent'],
    ['by its other topic', bound, 'b', null, ONE, ONE, 'absent'],
    ['by the topic of another, whatever it says', bound, 'c', null, ONE, TWO, 'absent'],
    ['by the topic alone, where it names nobody', bound, 'a', null, null, ONE, 'absent'],
    ['by the topic alone, where it names who is not listed', bound, 'a', null, NOBODY, ONE, 'absent'],
    ['nobody on a topic of nobody', bound, 'x', null, ONE, null, 'absent'],
    ['nobody who comes from no topic', bound, null, null, ONE, null, 'absent'],
    ['by its key, as it says', signing, 'x', 1, ONE, ONE, 'valid'],
    ['by the key of another, whatever it says', signing, 'x', 2, ONE, TWO, 'invalid'],
    ['by the key alone, where it names nobody', signing, 'x', 2, null, TWO, 'invalid'],
    ['nobody with an unknown key', signing, 'x', 3, ONE, null, 'invalid'],
    ['nobody without a signature', signing, 'x', null, ONE, null, 'absent'],
    ['by topic and key of one that shares the topic', shared, 's', 1, ONE, ONE, 'valid'],
    ['by the key, where two share the topic', shared, 's', 2, ONE, TWO, 'invalid'],
    ['nobody without a signature, where two share the topic', shared, 's', null, ONE, null, 'absent'],
    ['by a topic that it has alone, whoever has signed', shared, 'own', 1, ONE, TWO, 'valid'],
    ['by a topic that it has alone, unsigned', shared, 'own', null, TWO, TWO, 'absent'],
    ['nobody with its key on a topic of nobody', shared, 'x', 1, ONE, null, 'valid'],
    ['by a topic, signed by another that may not publish there', mixed, 'a', 2, TWO, ONE, 'valid'],
    ['by its topic, signed in the name of another', mixed, 's', 2, ONE, TWO, 'invalid'],
    ['by its key, as it says, on the topic of another', keyAlone, 'a', 2, TWO, TWO, 'valid'],
    [
      'by the topic, where the key is that of another who is not named',
      keyAlone,
      'a',
      2,
      ONE,
      ONE,
      'invalid',
    ],
    ['who is alone in the file and bound to nothing: by any topic', alone, 'x', null, ONE, ONE, 'absent'],
    ['the same, naming another', alone, 'x', null, NOBODY, ONE, 'absent'],
  ] as const)('%s', (_what, requesters, topic, seed, named, sender, signature) => {
    const signed = seed === null ? null : signedBy(seed);
    expect(originOf({ topic, signed, at: NOW, named }, requesters)).toEqual({ signature, sender });
  });

  it('is nobody where who is alone names another, and comes from no topic', () => {
    expect(originOf({ topic: null, signed: null, at: NOW, named: NOBODY }, alone).sender).toBeNull();
    expect(originOf({ topic: null, signed: null, at: NOW, named: null }, alone).sender).toBeNull();
  });
});

describe('a requester that is bound twice', () => {
  const [both] = file({ uid: THREE, topics: ['t'], signing: key(3) }).requesters;
  it.each([
    ['t', 'valid', true],
    ['t', 'absent', false],
    ['t', 'invalid', false],
    ['x', 'valid', false],
    [null, 'valid', false],
  ] as const)('is proved on %s with a signature that is %s: %s', (topic, signature, isOne) => {
    expect(both !== undefined && isProved(both, topic, signature)).toBe(isOne);
  });
});

describe('a requester that is bound one time', () => {
  it('is proved by that alone', () => {
    const [topic, signer] = keyAlone.requesters;
    expect(topic !== undefined && isProved(topic, 'a', 'absent')).toBe(true);
    expect(topic !== undefined && isProved(topic, 'b', 'absent')).toBe(false);
    expect(signer !== undefined && isProved(signer, null, 'valid')).toBe(true);
    expect(signer !== undefined && isProved(signer, null, 'absent')).toBe(false);
  });
});

describe('the lane of a message', () => {
  const topics = { upkeepTopic: 'up', ownerTopic: 'own' };
  it.each([
    ['up', 'upkeep'],
    ['own', 'owner'],
    ['a', 'requests'],
    ['', 'requests'],
    [null, 'requests'],
  ] as const)('from %s is %s', (topic, lane) => {
    expect(laneOf(topic, topics)).toBe(lane);
  });
});
