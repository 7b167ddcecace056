import { describe, expect, it } from 'vitest';
import { at, dmsTrust, listAt, type Ram, ramOf, redis } from './ram.ts';

function furnished(): Ram {
  const ram = ramOf();
  for (const RoleName of ['One', 'two', 'three']) {
    ram.call('CreateRole', { RoleName, AssumeRolePolicyDocument: dmsTrust });
  }
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
  return ram;
}

const tagsOf = (ram: Ram, role: string) => Object.fromEntries(ram.state.findRole(role)?.tags ?? []);
const role = (...names: string[]) => ({ ResourceType: 'role', ResourceNames: JSON.stringify(names) });

describe('TagResources', () => {
  it('adds tags and changes values, of several resources at once', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one'), Tag: '[{"Key":"a","Value":"0"},{"Key":"z","Value":"z"}]' });
    expect(ram.call('TagResources', { ...role('ONE', 'two'), Tag: '[{"Key":"a","Value":"1"}]' })).toEqual({});
    expect(tagsOf(ram, 'one')).toEqual({ a: '1', z: 'z' });
    expect(tagsOf(ram, 'two')).toEqual({ a: '1' });
    expect(tagsOf(ram, 'three')).toEqual({});
  });

  it.each(['ResourceName', 'ResourceNames'])('takes numbered parameters, %s.N', (name) => {
    const ram = furnished();
    const tags = { 'Tag.1.Key': 'a', 'Tag.1.Value': '1', 'Tag.2.Key': 'b' };
    ram.call('TagResources', { ResourceType: 'role', [`${name}.1`]: 'one', [`${name}.2`]: 'two', ...tags });
    expect(tagsOf(ram, 'one')).toEqual({ a: '1', b: '' });
    expect(tagsOf(ram, 'two')).toEqual({ a: '1', b: '' });
  });

  it('tags custom policies', () => {
    const ram = furnished();
    const tag = (name: string) =>
      ram.refusal('TagResources', {
        ResourceType: 'policy',
        'ResourceName.1': name,
        'Tag.1.Key': 'managed-by',
        'Tag.1.Value': 'dms-handshake',
      });
    expect(tag('P')).toBe('accepted');
    expect(ram.state.policies.get('p')?.tags.get('managed-by')).toBe('dms-handshake');
    expect(tag('AdministratorAccess')).toBe('404 EntityNotExist.Policy');
  });

  it('changes nothing when one of the resources does not exist', () => {
    const ram = furnished();
    const answer = ram.refusal('TagResources', { ...role('one', 'nobody'), Tag: '[{"Key":"a"}]' });
    expect(answer).toBe('404 EntityNotExist.Role');
    expect(tagsOf(ram, 'one')).toEqual({});
  });

  it('changes nothing when one of the resources would have more than twenty tags', () => {
    const ram = furnished();
    const twenty = JSON.stringify(Array.from({ length: 20 }, (_, i) => ({ Key: `k${i}`, Value: '' })));
    ram.call('TagResources', { ...role('two'), Tag: twenty });
    expect(ram.refusal('TagResources', { ...role('one', 'two'), Tag: '[{"Key":"a"}]' })).toBe(
      '409 LimitExceeded.Tag',
    );
    expect(tagsOf(ram, 'one')).toEqual({});
    expect(ram.refusal('TagResources', { ...role('two'), Tag: '[{"Key":"k0","Value":"new"}]' })).toBe(
      'accepted',
    );
    expect(tagsOf(ram, 'two')).toMatchObject({ k0: 'new' });
  });

  it.each([
    [{ ResourceType: 'user' }, 'InvalidParameter.ResourceType'],
    [{ ResourceNames: '[]' }, 'InvalidParameter.ResourceNames'],
    [
      { ResourceNames: JSON.stringify(Array.from({ length: 51 }, () => 'one')) },
      'InvalidParameter.ResourceNames',
    ],
    [{ ResourceNames: 'one' }, 'InvalidParameter.ResourceNames'],
    [{ Tag: '[]' }, 'InvalidParameter.Tag'],
    [{ Tag: '{"Key":"a"}' }, 'InvalidParameter.Tag'],
    [{ Tag: '[{"Value":"a"}]' }, 'InvalidParameter.Tag'],
  ])('refuses %j as %s', (wrong, code) => {
    const ram = furnished();
    expect(ram.refusal('TagResources', { ...role('one'), Tag: '[{"Key":"a"}]', ...wrong })).toBe(
      `400 ${code}`,
    );
    expect(tagsOf(ram, 'one')).toEqual({});
  });

  it('needs to be told which resources', () => {
    expect(furnished().refusal('TagResources', { ResourceType: 'role', Tag: '[{"Key":"a"}]' })).toBe(
      '400 MissingParameter',
    );
  });
});

describe('UntagResources', () => {
  it('removes the keys named, and minds no key that is not there', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one', 'two'), Tag: '[{"Key":"a"},{"Key":"b"}]' });
    ram.call('UntagResources', { ...role('one'), TagKeys: '["a","x"]' });
    ram.call('UntagResources', { ...role('two'), 'TagKey.1': 'b' });
    expect(tagsOf(ram, 'one')).toEqual({ b: '' });
    expect(tagsOf(ram, 'two')).toEqual({ a: '' });
  });

  it('removes all with All, unless keys are named', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one'), Tag: '[{"Key":"a"},{"Key":"b"}]' });
    ram.call('UntagResources', { ...role('one'), All: 'true', TagKeys: '["a"]' });
    expect(tagsOf(ram, 'one')).toEqual({ b: '' });
    ram.call('UntagResources', { ...role('one'), All: 'true' });
    expect(tagsOf(ram, 'one')).toEqual({});
  });

  it('refuses unknown resources and calls that say no keys', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one'), Tag: '[{"Key":"a"}]' });
    expect(ram.refusal('UntagResources', role('one'))).toBe('400 MissingParameter');
    expect(ram.refusal('UntagResources', { ...role('one', 'x'), TagKeys: '["a"]' })).toBe(
      '404 EntityNotExist.Role',
    );
    expect(tagsOf(ram, 'one')).toEqual({ a: '' });
  });
});

describe('ListTagResources', () => {
  it('answers a row per tag of the resources named; a name that does not exist is just absent', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one'), Tag: '[{"Key":"b","Value":"2"},{"Key":"a","Value":"1"}]' });
    ram.call('TagResources', { ...role('two'), Tag: '[{"Key":"a","Value":"1"}]' });
    expect(ram.call('ListTagResources', role('ONE', 'nobody'))).toEqual({
      TagResources: [
        { ResourceType: 'role', ResourceName: 'One', TagKey: 'a', TagValue: '1' },
        { ResourceType: 'role', ResourceName: 'One', TagKey: 'b', TagValue: '2' },
      ],
    });
    expect(ram.call('ListTagResources', role('nobody'))).toEqual({ TagResources: [] });
    expect(listAt(ram.call('ListTagResources', { ResourceType: 'role' }), 'TagResources')).toHaveLength(3);
    const policies = { ResourceType: 'policy', ResourceNames: '["P","one"]' };
    expect(ram.call('ListTagResources', policies)).toEqual({ TagResources: [] });
    ram.call('TagResources', { ...policies, ResourceNames: '["p"]', Tag: '[{"Key":"a","Value":"1"}]' });
    const row = { ResourceType: 'policy', ResourceName: 'p', TagKey: 'a', TagValue: '1' };
    expect(ram.call('ListTagResources', policies)).toEqual({ TagResources: [row] });
    expect(ram.call('ListTagResources', { ResourceType: 'policy' })).toEqual({ TagResources: [row] });
  });

  it('answers only resources that have all tags of the filter', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one', 'two'), Tag: '[{"Key":"a","Value":"1"}]' });
    ram.call('TagResources', { ...role('two'), Tag: '[{"Key":"b","Value":"2"}]' });
    const rows = ram.call('ListTagResources', {
      ResourceType: 'role',
      Tag: '[{"Key":"a"},{"Key":"b","Value":"2"}]',
    });
    expect(listAt(rows, 'TagResources').map((row) => at(row, 'ResourceName'))).toEqual(['two', 'two']);
  });

  it('comes in pages of PageSize rows', () => {
    const ram = furnished();
    ram.call('TagResources', { ...role('one', 'two'), Tag: '[{"Key":"a"},{"Key":"b"}]' });
    const seen: string[] = [];
    for (let NextToken = ''; ; ) {
      const answer = ram.call('ListTagResources', { ResourceType: 'role', PageSize: '3', NextToken });
      for (const row of listAt(answer, 'TagResources'))
        seen.push(`${at(row, 'ResourceName')}.${at(row, 'TagKey')}`);
      if (answer['NextToken'] === undefined) break;
      NextToken = String(answer['NextToken']);
    }
    expect(seen).toEqual(['One.a', 'One.b', 'two.a', 'two.b']);
  });

  it.each([
    [{ PageSize: '0' }, 'PageSize'],
    [{ PageSize: '101' }, 'PageSize'],
    [{ NextToken: 'x' }, 'NextToken'],
    [{ ResourceType: 'group' }, 'ResourceType'],
  ])('refuses %j', (wrong, parameter) => {
    expect(furnished().refusal('ListTagResources', { ResourceType: 'role', ...wrong })).toBe(
      `400 InvalidParameter.${parameter}`,
    );
  });
});
