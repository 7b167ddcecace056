import { expect, test } from 'vitest';
import { isExactTrust, judgeTrust } from '../../../shared/access/judge-trust.ts';
import { trustDocument } from '../../../shared/access/trust.ts';
import { registerTerms } from './setup.ts';

test.each(['dms-handshake:1000000000000001', ['dms-handshake:1000000000000001'], 1, null])(
  'a condition that holds no keys, but %j, is none of ours and makes a stranger of the verify role',
  (keys) => {
    const { Statement, Version } = trustDocument(registerTerms);
    const text = JSON.stringify({
      Version,
      Statement: Statement.map((statement) =>
        'Condition' in statement ? { ...statement, Condition: { StringEquals: keys } } : statement,
      ),
    });
    expect(isExactTrust(text, registerTerms)).toBe(false);
    expect(judgeTrust(text, registerTerms).unconditional).toHaveLength(1);
  },
);
