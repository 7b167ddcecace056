import { expect } from 'vitest';
import type { Caller } from '../../../../local/cloud/caller.ts';
import { ApiError } from '../../../../local/cloud/error.ts';
import { parseInput } from '../../../../local/cloud/http/input.ts';
import type { Call, Permission, RpcOperation } from '../../../../local/cloud/operation.ts';
import { ramOperations } from '../../../../local/cloud/ram/index.ts';
import type { RamState } from '../../../../local/cloud/ram/state.ts';
import { type Account, World } from '../../../../local/cloud/world.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { START } from '../../../kit/time.ts';

export const trust = (principal: object, condition?: object): string =>
  JSON.stringify({
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: principal,
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });

export const dmsTrust = trust({ Service: [`${REQUESTER}@dms.aliyuncs.com`] });

export const permission = (...actions: string[]): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

export const redis = permission('kvstore:Describe*');

/** RAM of one account behind its operations, called as the door calls them but without signatures and rights. */
export interface Ram {
  readonly world: World;
  readonly account: Account;
  readonly state: RamState;
  /** The answer as plain data: what a client would read from the JSON. */
  call(name: string, parameters?: Record<string, string>): Record<string, unknown>;
  /** `<status> <code>` of the error. */
  refusal(name: string, parameters?: Record<string, string>): string;
  /** `<status> <code>: <message>` of the error. */
  words(name: string, parameters?: Record<string, string>): string;
  permission(name: string, parameters?: Record<string, string>): Permission | readonly Permission[] | null;
  /** Moves the clock. */
  advance(ms: number): void;
}

/** What is asked, and the words of the answer: `accepted` where it is no refusal. */
export type Row = readonly [operation: string, input: Record<string, string>, words: string];

export function operation(name: string): RpcOperation {
  const found = ramOperations.find((o) => o.name === name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

export function ramOf(uid = OWNER, principal: Caller['principal'] = rootUser): Ram {
  const clock = new TestClock(START + 250);
  const world = new World({ clock, region: 'cn-hangzhou' });
  const account = world.addAccount(uid);
  const caller: Caller = { accountId: uid, accessKeyId: 'LTAItest', principal };
  const call: Call = { world, account, caller, requestId: 'r-1' };
  const parse = (name: string, parameters: Record<string, string>) =>
    parseInput(operation(name).input, parameters);
  const run = (name: string, parameters: Record<string, string> = {}) => {
    const answer = operation(name).run(parse(name, parameters), call);
    return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
  };
  return {
    world,
    account,
    state: account.ram,
    call: run,
    refusal: (name, parameters) => refusal(() => run(name, parameters)),
    words: (name, parameters) => words(() => run(name, parameters)),
    permission: (name, parameters = {}) => operation(name).permission(parse(name, parameters), call),
    advance: (ms) => clock.advance(ms),
  };
}

const rootUser: Caller['principal'] = { type: 'user', userName: 'admin', userId: '200000000000000001' };

export const refusal = (action: () => unknown): string => words(action).replace(/: .*/s, '');

/** `<status> <code>: <message>` of the error that an action ends with. */
export function words(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    if (error instanceof ApiError) return `${error.status} ${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

/** Follows a path into an answer. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    return Reflect.get(inner, key);
  }, value);
}

/** The list found at a path. */
export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const list = at(value, ...path);
  if (!Array.isArray(list)) throw new Error(`no list at ${path.join('.')}`);
  return list;
}
