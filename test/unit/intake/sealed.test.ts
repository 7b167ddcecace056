import { describe, expect, it } from 'vitest';
import { sealed, signedBy } from '../../../functions/intake/sender.ts';

const PROOF = { id: 'msg_1', timestamp: '1795428000', payload: '{}' };

describe('the proof that a requester sends along', () => {
  it('is none without its headers', () => {
    expect(signedBy(new Map(), '{}')).toBeNull();
    expect(signedBy(new Map([['webhook-id', 'msg_1']]), '{}')).toBeNull();
  });

  it('is read from them', () => {
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1795428000',
      'webhook-signature': 'v1a,one',
    };
    expect(signedBy(new Map(Object.entries(headers)), '{}')).toEqual({ ...PROOF, signature: 'v1a,one' });
  });

  it('goes on with the signatures of all its keys, each by itself, and without those of the client', () => {
    const signature = 'v1a,old v1,shared v1a,new';
    expect(JSON.parse(sealed({ ...PROOF, signature }))).toEqual({ ...PROOF, signature: 'v1a,old v1a,new' });
  });
});
