import { expect, it } from 'vitest';
import { dmsTrust, type Ram, ramOf } from './ram.ts';

const tagged = { ResourceType: 'role', 'ResourceName.1': 'r' };

/** Role `r`. */
function furnished(): Ram {
  const ram = ramOf();
  ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust });
  return ram;
}

it('lists come as numbered parameters too, whose names are taken whole', () => {
  const tags = (input: Record<string, string>) => {
    const ram = furnished();
    ram.words('TagResources', { 'Tag.1.Key': 'k', 'Tag.1.Value': 'v', ResourceType: 'role', ...input });
    return ram.state.findRole('r')?.tags.get('k');
  };
  expect(tags({ 'ResourceName.1': 'r' })).toBe('v');
  expect(tags({ 'ResourceNames.12': 'r' })).toBe('v');
  for (const name of ['XResourceName.1', 'ResourceName.1.Key', 'ResourceName.x'])
    expect([name, tags({ [name]: 'r' })]).toEqual([name, undefined]);
});

it.each([
  ['Tag.1.Key', 'accepted'],
  ['Tag.12.Key', 'accepted'],
  ['XTag.1.Key', '400 MissingParameter'],
  ['Tag.1.Keys', '400 InvalidParameter.Tag'],
  ['TagX.1.Key', '400 MissingParameter'],
])('a tag to be set is given as %s: %s', (name, words) => {
  expect(furnished().refusal('TagResources', { ...tagged, [name]: 'k' })).toBe(words);
});

it.each([
  ['TagKey.1', 'accepted'],
  ['TagKeys.12', 'accepted'],
  ['XTagKey.1', '400 MissingParameter'],
  ['TagKey.1.x', '400 MissingParameter'],
])('a tag to be taken away is given as %s: %s', (name, words) => {
  expect(furnished().refusal('UntagResources', { ...tagged, [name]: 'k' })).toBe(words);
});
