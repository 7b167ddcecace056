import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../scripts/deployment/variables.ts';
import data from './endpoints.json' with { type: 'json' };

const form = VARIABLES.find(({ name }) => name === 'REGION')?.form ?? /^$/;
const listed = Object.keys(data.products.fc);

/** The vendor's metadata and the component's schema do not agree on these. */
const ONLY_METADATA = 'cn-hangzhou-finance';
const ONLY_COMPONENT = 'cn-shanghai-cloudspe';

describe('the regions that a deployment takes', () => {
  it.each(listed.filter((region) => region !== ONLY_METADATA))('%s, where Function Compute is', (region) => {
    expect(region).toMatch(form);
  });

  it('one more that the component knows', () => {
    expect(ONLY_COMPONENT).toMatch(form);
  });

  it.each(['', ONLY_METADATA, 'cn-hangzhou ', 'xcn-hangzhou', 'cn-hangzhou|'])('not %j', (region) => {
    expect(region).not.toMatch(form);
  });
});
