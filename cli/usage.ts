import { InvalidArgumentError } from 'commander';
import { ALL_ENGINES, isConnection, resolveEngine } from '../shared/access/catalogue.ts';
import { CONNECTIONS, type ConnectionId, type EngineId } from '../shared/access/engine.ts';
import { ACCESS_KINDS, type Access } from '../shared/access/names.ts';

/** Parsers of option values. Each refuses with the value and the way out; commander names the option. Exit status 2. */

export function parseUid(value: string): string {
  if (/^[1-9][0-9]{0,19}$/.test(value)) return value;
  throw new InvalidArgumentError('expected the UID of an Alibaba Cloud account: 1 to 20 digits.');
}

export function parseEngines(value: string): readonly EngineId[] {
  if (value.trim().toLowerCase() === 'all') return ALL_ENGINES;
  return value.split(',').map((word) => {
    const resolved = resolveEngine(word);
    if ('id' in resolved) return resolved.id;
    throw new InvalidArgumentError(
      `${JSON.stringify(word)} is no engine; the nearest is "${resolved.nearest}". Known: ${ALL_ENGINES.join(', ')}.`,
    );
  });
}

export function parseConnections(value: string): readonly ConnectionId[] {
  return value.split(',').map((word) => {
    const id = word.trim().toLowerCase();
    if (isConnection(id)) return id;
    throw new InvalidArgumentError(
      `${JSON.stringify(word)} is no connection. Known: ${CONNECTIONS.join(', ')}.`,
    );
  });
}

export function parseAccess(value: string): Access {
  const kind = ACCESS_KINDS.find((known) => known === value);
  if (kind !== undefined) return kind;
  throw new InvalidArgumentError(`expected one of ${ACCESS_KINDS.join(', ')}.`);
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_533) return port;
  throw new InvalidArgumentError('expected a port, 0 to 65533; 0 takes free ones.');
}
