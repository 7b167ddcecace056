import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../cli/doctor/http-address.ts';

const at = (urlInternet: string) => addressOf({ httpTrigger: { urlInternet } });

describe('the address that doctor shows of the HTTP trigger', () => {
  it.each(['https://intake-abcdefg.cn-hangzhou.fcapp.run', 'https://intake-abcdefg.cn-hangzhou.fcapp.run/'])(
    '%s is for tests only, and the page with the other ways is named',
    (url) => {
      expect(at(url)).toContain(`at ${url}, which the vendor gives for tests only`);
      expect(at(url)).toContain('docs/operate/operations.md');
    },
  );

  it('is shown as it is where it is another', () => {
    expect(at('https://access.example.com')).toBe(', at https://access.example.com');
    expect(at('https://fcapp.run.example.com')).toBe(', at https://fcapp.run.example.com');
  });

  it('is left out where there is none', () => {
    expect(addressOf({})).toBe('');
    expect(addressOf({ httpTrigger: { urlInternet: null } })).toBe('');
  });
});
