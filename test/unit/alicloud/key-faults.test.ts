import { describe, expect, it } from 'vitest';
import { keyFault, requireKeys } from '../../../shared/alicloud/key-faults.ts';

const NAMES = { accessKeyId: 'the id', accessKeySecret: 'the secret', securityToken: 'the token' };
const KEYS = { accessKeyId: 'a', accessKeySecret: 'b', securityToken: 'c' };

describe('a key', () => {
  it.each(['', 'LTAI', '!~', 'a=b/c+d'])('%j can be one', (value) => {
    expect(keyFault('the key', value)).toBeNull();
  });

  it.each([
    ['a\r', 'ends in a carriage return (\\r)'],
    ['a\rb', 'holds a carriage return (\\r)'],
    ['a\r\r', 'holds a carriage return (\\r)'],
    ['a\n', 'ends in a line end (\\n)'],
    ['\t', 'ends in a tab (\\t)'],
    [' a', 'holds a space'],
    ['a\u00a0', 'ends in a non-breaking space (\\u00a0)'],
    ['\ufeffa', 'holds a byte order mark (\\ufeff)'],
    ['a\u200b', 'ends in the character "\\u200b"'],
    ['aéb', 'holds the character "é"'],
    ['a🙂', 'ends in the character "🙂"'],
    ['a\u007f', 'ends in the character "\\u007f"'],
  ])('%j cannot be one', (value, fault) => {
    expect(keyFault('the key', value)).toBe(`the key ${fault}, which no key has; set it again without`);
  });
});

describe('keys', () => {
  it('that can be right are taken, with a token or without', () => {
    expect(() => requireKeys(KEYS, NAMES)).not.toThrow();
    expect(() => requireKeys({ ...KEYS, securityToken: undefined }, NAMES)).not.toThrow();
  });

  it.each([
    ['accessKeyId', 'the id'],
    ['accessKeySecret', 'the secret'],
    ['securityToken', 'the token'],
  ])('of which the %s cannot be right are refused by its name', (part, name) => {
    expect(() => requireKeys({ ...KEYS, [part]: 'x y' }, NAMES)).toThrow(
      expect.objectContaining({
        name: 'CredentialsFaultError',
        message: `${name} holds a space, which no key has; set it again without`,
      }),
    );
  });

  it('of which several cannot be right are refused for the first', () => {
    const odd = { accessKeyId: 'a', accessKeySecret: ' ', securityToken: ' ' };
    expect(() => requireKeys(odd, NAMES)).toThrow('the secret ends in a space');
  });
});
