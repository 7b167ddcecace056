import { createHmac } from 'node:crypto';

/** The key of a signature of version 4: derived from date, region and product, as the scope names them. */
const scopedKey = (secret: string, scope: string): string | Buffer =>
  scope
    .split('/')
    .reduce<string | Buffer>(
      (last, part) => createHmac('sha256', last).update(part).digest(),
      `aliyun_v4${secret}`,
    );

/** The signature of a text under a scope, in hexadecimal. */
export const scopedSignature = (secret: string, scope: string, text: string): string =>
  createHmac('sha256', scopedKey(secret, scope)).update(text).digest('hex');
