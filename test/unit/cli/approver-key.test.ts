import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { approverKey, noteUnsigned, signedBody } from '../../../cli/approval/approver-key.ts';
import { NOW, pairOf } from '../../kit/signing-keys.ts';

const NAME = 'DMS_HANDSHAKE_APPROVER_KEY';
const of = (bytes: number, prefix = 'whsk_') => `${prefix}${Buffer.alloc(bytes, 5).toString('base64')}`;

describe('the key of an approver', () => {
  it.each([[undefined], ['']])('is none where the variable is %j', (text) => {
    expect(approverKey({ [NAME]: text })).toBeNull();
  });

  it.each([
    ['the private half', of(32)],
    ['both halves', of(64)],
    ['with space around it', ` ${of(32)}\n`],
  ])('is read: %s', (_what, text) => {
    const key = approverKey({ [NAME]: text });
    expect(key?.export({ format: 'jwk' })).toEqual(pairOf(5).privateKey.export({ format: 'jwk' }));
  });

  it.each([
    ['too short', of(31)],
    ['too long', of(33)],
    ['longer than both halves', of(65)],
    ['without its prefix', of(32, '')],
    ['with another prefix', of(32, 'whpk_')],
    ['with more before it', of(32, 'x whsk_')],
    ['with more behind it', `${of(32)}!`],
    ['of other letters', `whsk_${'-'.repeat(43)}=`],
    ['of nothing', 'whsk_'],
  ])('is refused, and not shown: %s', (_what, text) => {
    expect(() => approverKey({ [NAME]: text })).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: `${NAME} is no private key (not shown): expected "whsk_" and the base64 of the 32 bytes of an Ed25519 private key, or of 64 with the public one; nothing was sent`,
      }),
    );
  });

  it('signs the id, the second and the words', () => {
    const { privateKey } = pairOf(5);
    const { id, timestamp, signature, payload } = signedBody('{"a":1}', privateKey, NOW + 999);
    expect([timestamp, payload]).toEqual([String(NOW / 1_000), '{"a":1}']);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const [version, text = ''] = signature.split(',');
    const signed = Buffer.from(`${id}.${timestamp}.${payload}`);
    expect([version, verify(null, signed, createPublicKey(privateKey), Buffer.from(text, 'base64'))]).toEqual(
      ['v1a', true],
    );
  });
});

describe('an answer without a signature', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dms-handshake-approver-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const fileOf = async (name: string, more: object): Promise<string> => {
    const file = join(folder, name);
    const requester = { uid: '1', name: 'a', engines: '*', access: ['register'], topics: ['t'] };
    await writeFile(file, JSON.stringify({ requesters: [requester], ...more }));
    return file;
  };
  /** What stands on standard error then. */
  const noted = async (file: string | undefined, key: Parameters<typeof noteUnsigned>[0] = null) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await noteUnsigned(key, file).finally(() => vi.restoreAllMocks());
    return write.mock.calls.map(([text]) => text).join('');
  };
  const ADA = { approvers: [{ name: 'ada', publicKey: pairOf(5).publicKey }] };

  it('is told where the file lists approvers', async () => {
    const file = await fileOf('with.json', ADA);
    expect(await noted(file)).toBe(
      `note: ${file} lists "approvers", and ${NAME} is not set: without the signature of one of them this counts for nothing\n`,
    );
    expect(await noted(file, pairOf(5).privateKey)).toBe('');
  });

  it('is not told where none is listed, or nothing can be read', async () => {
    expect(await noted(await fileOf('without.json', {}))).toBe('');
    expect(await noted(join(folder, 'nowhere.json'))).toBe('');
    expect(await noted(undefined)).toBe('');
  });
});
