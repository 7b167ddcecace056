import { describe, expect, it } from 'vitest';
import { RamHistory } from '../../../../local/cloud/ram/history.ts';
import { TestClock } from '../../../kit/clock.ts';
import { dmsTrust, type Ram, ramOf, redis } from './ram.ts';

const KEEP = 100;

/** Role `r` with a tag, role `s`, user `u` with a key, group `g`, policy `p`. */
function furnished(): Ram {
  const ram = ramOf();
  ram.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: dmsTrust, Tag: '[{"Key":"k"}]' });
  ram.call('CreateRole', { RoleName: 's', AssumeRolePolicyDocument: dmsTrust });
  ram.call('CreateUser', { UserName: 'u' });
  ram.call('CreateAccessKey', { UserName: 'u' });
  ram.call('CreateGroup', { GroupName: 'g' });
  ram.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: redis });
  return ram;
}

const describeRole = (ram: Ram, NewDescription: string) =>
  ram.call('UpdateRole', { RoleName: 'r', NewDescription });
const MAPS = ['roles', 'policies', 'users', 'groups', 'accessKeys'] as const;

describe('what RAM stored before its writes', () => {
  it('is what stood there until the instant of the write, and from then on what is there now', () => {
    const { state, ...ram } = furnished();
    const history = new RamHistory();
    history.remember(state, 1_000, KEEP);
    describeRole({ state, ...ram }, 'first');
    history.remember(state, 1_050, KEEP);
    describeRole({ state, ...ram }, 'second');
    const shown = [999, 1_000, 1_049].map((instant) => history.asOf(instant)?.roles.get('r')?.description);
    expect(shown).toEqual(['', 'first', 'first']);
    expect([history.asOf(1_050), history.asOf(2_000)]).toEqual([null, null]);
  });

  it('of several writes at one instant is what stood there before the first', () => {
    const ram = furnished();
    const history = new RamHistory();
    history.remember(ram.state, 1_000, KEEP);
    describeRole(ram, 'first');
    history.remember(ram.state, 1_000, KEEP);
    expect(history.asOf(0)?.roles.get('r')?.description).toBe('');
  });

  it('is kept as long as the oldest reading may be old, and not at all where none may be', () => {
    const ram = furnished();
    const history = new RamHistory();
    const until = (instant: number) => history.asOf(instant)?.roles.get('r')?.description;
    history.remember(ram.state, 1_000, KEEP);
    describeRole(ram, 'first');
    history.remember(ram.state, 1_099, KEEP);
    expect(until(0)).toBe('');
    describeRole(ram, 'second');
    history.remember(ram.state, 1_100, KEEP);
    expect(until(0)).toBe('first');
    history.remember(ram.state, 1_101, 0);
    expect(history.asOf(0)).toBeNull();
  });

  it('is whole, and nothing that is changed later reaches it', () => {
    const ram = furnished();
    const history = new RamHistory();
    const before = MAPS.map((name) => structuredClone(ram.state[name]));
    history.remember(ram.state, 1_000, KEEP);
    ram.call('TagResources', { ResourceType: 'role', 'ResourceName.1': 'r', 'Tag.1.Key': 'l' });
    ram.call('UpdateUser', { UserName: 'u', NewUserName: 'v' });
    ram.call('UpdateGroup', { GroupName: 'g', NewComments: 'c' });
    ram.call('UpdatePolicyDescription', { PolicyName: 'p', NewDescription: 'd' });
    ram.call('DeleteRole', { RoleName: 's' });
    const past = history.asOf(0);
    expect(MAPS.map((name) => past?.[name])).toEqual(before);
  });

  it('shares with what was there before all that is the same', () => {
    const ram = furnished();
    const history = new RamHistory();
    history.remember(ram.state, 1_000, KEEP);
    const first = history.asOf(999);
    const next = (instant: number) => {
      history.remember(ram.state, instant, KEEP);
      return history.asOf(instant - 1);
    };
    const same = next(1_001);
    expect(MAPS.map((name) => same?.[name] === first?.[name])).toEqual(MAPS.map(() => true));
    for (const Value of ['1', '2'])
      ram.call('TagResources', {
        ResourceType: 'role',
        'ResourceName.1': 'r',
        'Tag.1.Key': 'k',
        'Tag.1.Value': Value,
      });
    const tagged = next(1_002);
    expect(MAPS.map((name) => tagged?.[name] === first?.[name])).toEqual([false, true, true, true, true]);
    expect(tagged?.roles.get('s')).toBe(first?.roles.get('s'));
    expect([first, tagged].map((past) => past?.roles.get('r')?.tags.get('k'))).toEqual(['', '2']);
    ram.call('TagResources', { ResourceType: 'role', 'ResourceName.1': 'r', 'Tag.1.Key': 'l' });
    expect([...(next(1_003)?.roles.get('r')?.tags.keys() ?? [])]).toEqual(['k', 'l']);
    ram.call('UntagResources', { ResourceType: 'role', 'ResourceName.1': 'r', All: 'true' });
    expect(next(1_004)?.roles.get('r')?.tags.size).toBe(0);
    ram.call('DeleteRole', { RoleName: 's' });
    expect([...(next(1_005)?.roles.keys() ?? [])]).toEqual(['r']);
  });
});

describe('a copy of what an account has', () => {
  it('begins where this one stands, by another clock, and goes its own way', () => {
    const ram = furnished();
    const root = ram.state.addRootKey();
    const clock = new TestClock(0);
    const copy = ram.state.copy(clock);
    expect(copy.clock).toBe(clock);
    expect(copy.limits).toEqual(ram.state.limits);
    expect(MAPS.map((name) => copy[name])).toEqual(MAPS.map((name) => ram.state[name]));
    expect([...copy.rootKeys.values()]).toEqual([root]);
    expect(copy.ids.next('3')).toBe(ram.state.ids.next('3'));
    describeRole(ram, 'later');
    ram.call('TagResources', { ResourceType: 'role', 'ResourceName.1': 'r', 'Tag.1.Key': 'l' });
    expect(copy.findRole('r')).toMatchObject({ description: '', tags: new Map([['k', '']]) });
  });
});
