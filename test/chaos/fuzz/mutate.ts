import type { Dice } from '../dice.ts';

/** What an event may be, at most: a message of the queue service. */
const LONGEST = 64 * 1024;

const VALUES = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x',
  '0',
  '*',
  '\u0000',
  '\ud800',
  '{}',
  '[]',
  'null',
  '__proto__',
  'constructor',
  '2026-11-23T10:00:00Z',
  '../../etc/passwd',
  '<&>',
  '%24{jndi:x}',
  "' or 1=1 --",
  [],
  {},
  [[]],
  [null],
  { __proto__: null },
  { toString: 1 },
  { length: -1 },
  '1000000000000001',
  '1000000000000003',
  '2000000000000002',
  'redis',
  'hologres',
  'grant',
  'revoke',
  'console',
] as const;
const KEYS = [
  'requesterUid',
  'engines',
  'action',
  'access',
  'connections',
  'expiresAt',
  'users',
  'requestId',
  'reference',
  'upkeep',
  'payload',
  'signature',
  '__proto__',
  'constructor',
  'toString',
  '',
  'Message',
  'TopicName',
  'PublishTime',
] as const;

/** An event with one to twelve things wrong, or something that never was one. At most 64 KB of text. */
export function fuzzed(dice: Dice, seeds: readonly [string, ...string[]]): string {
  if (dice.chance(0.05)) return junk(dice);
  let text = dice.pick(seeds);
  const times = dice.pick([1, 2, 4, 6, 8, 12]);
  for (let time = 0; time < times; time += 1)
    text = dice.chance(0.6) ? structure(dice, text) : letters(dice, text);
  return text.slice(0, LONGEST);
}

function junk(dice: Dice): string {
  const length = dice.chance(0.02) ? LONGEST : dice.int(0, 200);
  const kind = dice.int(0, 3);
  if (kind === 0) return dice.bytes(length).toString('latin1');
  if (kind === 1) return JSON.stringify(dice.pick(VALUES));
  const nested = '['.repeat(length);
  return kind === 2 ? nested : nested + ']'.repeat(length);
}

/** Damage that JSON does not survive, or survives by chance. */
function letters(dice: Dice, text: string): string {
  const at = dice.int(0, text.length);
  const kind = dice.int(0, 4);
  if (kind === 0)
    return text.slice(0, at) + String.fromCharCode(dice.int(0, 0x24f)) + text.slice(at + dice.int(0, 2));
  if (kind === 1) return text.slice(0, at);
  if (kind === 2) return text.slice(at);
  if (kind === 3) return text.slice(0, at) + text.slice(Math.max(0, at - dice.int(0, 40)));
  return dice.chance(0.5) ? Buffer.from(text).toString('base64') : ` ${text}\n`;
}

/** One thing changed anywhere in it; texts that hold JSON or base64 of JSON are opened and changed inside. */
function structure(dice: Dice, text: string): string {
  const value = read(text);
  if (value === undefined) return letters(dice, text);
  const list: unknown = dice.chance(0.03) ? [value] : value;
  return JSON.stringify(changed(dice, list)) ?? '';
}

function changed(dice: Dice, value: unknown): unknown {
  if (typeof value === 'string') return changedText(dice, value);
  if (typeof value !== 'object' || value === null) return dice.pick(VALUES);
  const entries = Object.entries(value);
  const at = dice.int(0, Math.max(0, entries.length - 1));
  const kind = dice.int(0, 9);
  const [key, child] = entries[at] ?? [];
  if (key === undefined || kind === 0)
    return Array.isArray(value) ? [...value, dice.pick(VALUES)] : withKey(value, dice);
  if (kind === 1)
    return rebuilt(
      value,
      entries.filter((_, index) => index !== at),
    );
  if (kind === 2)
    return rebuilt(
      value,
      entries.map(([one, its], index) => [one, index === at ? dice.pick(VALUES) : its]),
    );
  if (kind === 3 && dice.chance(0.02)) return dice.pick(VALUES);
  const next = changed(dice, child);
  return rebuilt(
    value,
    entries.map(([one, its], index) => [one, index === at ? next : its]),
  );
}

/** Own keys as JSON.parse would make them, `__proto__` too. */
function withKey(value: object, dice: Dice): object {
  const extended = JSON.stringify(value).replace(
    /\}$/,
    `,${JSON.stringify(dice.pick(KEYS))}:${JSON.stringify(dice.pick(VALUES))}}`,
  );
  return Object(read(extended) ?? value);
}

const rebuilt = (value: object, entries: readonly (readonly [string, unknown])[]): unknown =>
  Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);

function changedText(dice: Dice, text: string): unknown {
  const inner = /^[[{"]/.test(text) ? read(text) : undefined;
  if (inner !== undefined && dice.chance(0.85)) return JSON.stringify(changed(dice, inner));
  const kind = dice.int(0, 4);
  if (kind === 0) return dice.pick(VALUES);
  if (kind === 1) return letters(dice, text);
  if (kind === 2) return dice.chance(0.5) ? text.toUpperCase() : ` ${text} `;
  if (kind === 3 && dice.chance(0.05)) return text + 'x'.repeat(dice.int(0, LONGEST));
  return /^\d+$/.test(text) ? Number(text) : `${text}${text}`;
}

export function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
