import { describe, expect, it } from 'vitest';
import { adviceAfter } from '../../../scripts/deployment/advice.ts';
import { readTemplate } from '../../../scripts/deployment/template.ts';

const FUNCTION = { component: 'fc3@0.1.22', props: { functionName: 'verify' } };
const template = readTemplate('s.yaml', () => JSON.stringify({ resources: { verify: FUNCTION } }));
const tool = { has: (component: string) => component === 'fc3@0.1.22' };
const AGAIN = 'run npm run deploy again, it starts from what is there';
const RIGHT = 'a right is missing: deploy/rights/dms-handshake-deployer.json has all that are needed; then ';

const advice = (text: string, triggers = false) => adviceAfter(text, { triggers }, { tool }, { template });

describe('the advice after a deployment that is not whole', () => {
  it.each([
    'AccessDenied: no',
    'NoPermission',
    'status 403,',
    'Forbidden.RAM',
    'forbidden',
    'You are not authorized to do this',
  ])('names the rights where the tool was refused: %s', (text) => {
    expect(advice(text)).toBe(`no trigger was made or changed; ${RIGHT}${AGAIN}`);
    expect(advice(text, true)).toBe(`the functions are whole; ${RIGHT}${AGAIN}`);
  });

  it.each(['', 'InternalError', 'took 4031 ms', 'id 1403'])('else says to go on: %j', (text) => {
    expect(advice(text)).toBe(`no trigger was made or changed; ${AGAIN}`);
    expect(advice(text, true)).toBe(`the functions are whole; ${AGAIN}`);
  });
});
