import { expect, it } from 'vitest';
import {
  openEnvelope,
  requestTime,
  signatureState,
} from '../../../../shared/admission/authenticate/signed-message.ts';
import { applyChange } from '../../../../shared/record/apply-change.ts';
import { readRecord } from '../../../../shared/record/record.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { envelopeOf, NOW, pairOf } from '../../../kit/signing-keys.ts';

const after = (seconds: number) => millis(NOW + seconds * 1_000);

it('a replay inside the window is proved, and changes nothing: not even what was revoked in between', () => {
  const body = JSON.stringify(envelopeOf('{"requesterUid":"1000000000000001","engines":["redis"]}'));
  const grantAt = (seconds: number) => {
    const { signed } = openEnvelope(body);
    expect(signatureState(signed, [pairOf(1).publicKey], after(seconds))).toBe('valid');
    const at = requestTime(signed, after(seconds));
    return { action: 'grant', ids: ['redis'], at, until: null } as const;
  };
  const nothing = readRecord(new Map(), NOW);
  const granted = applyChange(nothing, grantAt(1)).record;
  expect(applyChange(granted, grantAt(120)).record).toEqual(granted);
  const revoked = applyChange(granted, { action: 'revoke', ids: ['redis'], at: after(60) }).record;
  expect(applyChange(revoked, grantAt(120))).toMatchObject({ record: revoked, superseded: ['redis'] });
});
