import { InvalidArgumentError } from 'commander';
import { LOCAL_NAME } from '../client/local-cloud-file.ts';
import { nearestWords } from '../events/nearest.ts';
import { REQUEST_ID } from '../events/request-id.ts';
import { readTime } from '../events/time.ts';
import { UID } from '../events/uid.ts';
import { quote } from '../events/visible.ts';
import { ALL_ENGINES, isConnection, resolveEngine } from '../shared/catalogue/catalogue.ts';
import { CONNECTIONS, type ConnectionId, type EngineId } from '../shared/catalogue/engine.ts';
import { ACCESS_KINDS, type Access, parseRoleName } from '../shared/catalogue/names.ts';
import { INSTANCE_ID } from '../shared/catalogue/scope.ts';
import { systemClock } from '../shared/runtime/clock.ts';

/** Parsers of option values. Each refuses with the value and the way out; commander names the option. Exit status 2. */

export function parseUid(value: string): string {
  if (UID.test(value)) return value;
  throw new InvalidArgumentError('expected the UID of an Alibaba Cloud account: 1 to 16 digits.');
}

export function parseEngines(value: string): readonly EngineId[] {
  if (value.trim().toLowerCase() === 'all') return ALL_ENGINES;
  return value.split(',').map((word) => {
    if (word.trim() === '') throw new InvalidArgumentError('there is a comma with no engine beside it.');
    const resolved = resolveEngine(word);
    if ('id' in resolved) return resolved.id;
    throw new InvalidArgumentError(
      `${quote(word)} is no engine${nearestWords(resolved.near)}. Known: ${ALL_ENGINES.join(', ')}.`,
    );
  });
}

/** `redis=r-1,r-2`; said again it adds another engine. */
export function parseInstances(
  value: string,
  before: Readonly<Record<string, readonly string[]>> = {},
): Readonly<Record<string, readonly string[]>> {
  const [engine = '', list = '', ...more] = value.split('=');
  const ids = list.split(',').map((word) => word.trim());
  if (engine === '' || more.length > 0 || !ids.every((id) => INSTANCE_ID.test(id)))
    throw new InvalidArgumentError(
      'expected an engine and ids of its instances, such as redis=r-bp1zxszhcgatnx01,r-bp1zxszhcgatnx02.',
    );
  const [id = engine] = parseEngines(engine);
  if (before[id] !== undefined)
    throw new InvalidArgumentError(`${id} was given twice; name all of its instances at once.`);
  return { ...before, [id]: ids };
}

export function parseConnections(value: string): readonly ConnectionId[] {
  return value.split(',').map((word) => {
    const id = word.trim().toLowerCase();
    if (isConnection(id)) return id;
    throw new InvalidArgumentError(`${quote(word)} is no connection. Known: ${CONNECTIONS.join(', ')}.`);
  });
}

export function parseAccess(value: string): Access {
  const kind = ACCESS_KINDS.find((known) => known === value);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`expected one of ${ACCESS_KINDS.join(', ')}.`);
}

export function parseFile(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('expected the name of a file.');
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_533) return port;
  throw new InvalidArgumentError('expected a port, 0 to 65533; 0 takes free ones.');
}

/** The name of a local cloud. */
export function parseName(value: string): string {
  if (LOCAL_NAME.test(value)) return value;
  throw new InvalidArgumentError('expected 1 to 32 letters, digits and hyphens.');
}

/** How many of each a local cloud remembers. */
export function parseKeep(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('expected a number from 1 to 999999999.');
}

export function parseRegion(value: string): string {
  if (/^[a-z]{2}-[a-z0-9-]{2,30}$/.test(value)) return value;
  throw new InvalidArgumentError('expected the id of a region, such as cn-hangzhou.');
}

/** Seconds, 0 to 3600. */
export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (/^\d+$/.test(value) && seconds <= 3_600) return seconds;
  throw new InvalidArgumentError('expected whole seconds, 0 to 3600.');
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A time from now (`12h`, `30d`, `4w`) or in ISO 8601 with a zone, as ISO 8601 in UTC. */
export function parseExpiry(value: string, now: number = systemClock.now()): string {
  if (value === 'never') return value;
  const [, amount = '', unit = ''] = /^([1-9]\d{0,4})([hdw])$/.exec(value) ?? [];
  if (unit !== '') return new Date(now + Number(amount) * (UNITS[unit] ?? 0)).toISOString();
  const time = readTime(value);
  if ('bad' in time) throw new InvalidArgumentError(`${time.bad}, or one from now such as 12h, 30d or 4w.`);
  if (time.at <= now) throw new InvalidArgumentError('it is past; expected a time in the future.');
  return new Date(time.at).toISOString();
}

/** A time from now backwards (`12h`, `30d`, `4w`) or in ISO 8601 with a zone, in ms since the epoch. */
export function parseSince(value: string): number {
  const [, amount = '', unit = ''] = /^([1-9]\d{0,4})([hdw])$/.exec(value) ?? [];
  if (unit !== '') return systemClock.now() - Number(amount) * (UNITS[unit] ?? 0);
  const time = readTime(value);
  if ('bad' in time) throw new InvalidArgumentError(`${time.bad}, or one ago such as 12h, 30d or 4w.`);
  if (time.at > systemClock.now())
    throw new InvalidArgumentError('it is in the future; expected a time in the past.');
  return time.at;
}

/** One engine. */
export function parseEngine(value: string): EngineId {
  const [id, ...more] = parseEngines(value);
  if (id === undefined || more.length > 0) throw new InvalidArgumentError('expected one engine.');
  return id;
}

export function parseUsers(value: string): readonly string[] {
  return value.split(',').map((word) => {
    const name = word.trim();
    if (/^[A-Za-z0-9._-]{1,64}$/.test(name)) return name;
    throw new InvalidArgumentError(`${quote(word)} is no RAM user name.`);
  });
}

export function parseReason(value: string): string {
  if (value.length <= 256) return value;
  throw new InvalidArgumentError(`It has ${value.length} characters; a reason has at most 256.`);
}

export function parseRequestId(value: string): string {
  if (REQUEST_ID.test(value)) return value;
  throw new InvalidArgumentError('expected 1 to 128 of letters, digits, ".", "_", ":", "-".');
}

/** A role's ARN, `acs:ram::<uid>:role/<name>`. */
export function parseRoleArn(value: string): string {
  if (/^acs:ram::[1-9]\d{0,15}:role\/[A-Za-z0-9.-]{1,64}$/.test(value)) return value;
  throw new InvalidArgumentError(
    'expected the ARN of a role, such as acs:ram::2000000000000002:role/dms-cross-account-1000000000000001.',
  );
}

/** A role of ours by its name or ARN, as its name. */
export function parseRole(value: string): string {
  const name = value.replace(/^acs:ram::[1-9]\d{0,15}:role\//, '');
  if (parseRoleName(name) !== null) return name;
  throw new InvalidArgumentError(
    'expected the name or ARN of a role that is made here, such as dms-cross-account-1000000000000001.',
  );
}

export function parseDescriptor(value: string): number {
  if (/^\d{1,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('expected the number of an open file descriptor, such as 3.');
}
