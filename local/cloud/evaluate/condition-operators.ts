import { BlockList, isIP } from 'node:net';
import { globMatches } from './glob.ts';

/** One comparison of a value of the request with a value of the policy; null when one of them cannot be read. */
type Comparison = (actual: string, wanted: string) => boolean | null;

export interface ConditionOperator {
  readonly compare: Comparison;
  /** `StringNotEquals` and the like hold when no value of the policy compares. */
  readonly negated: boolean;
}

const is = (compare: Comparison): ConditionOperator => ({ compare, negated: false });
const not = (compare: Comparison): ConditionOperator => ({ compare, negated: true });

const equals: Comparison = (a, b) => a === b;
const equalsIgnoreCase: Comparison = (a, b) => a.toLowerCase() === b.toLowerCase();
const like: Comparison = (a, b) => globMatches(b, a);

const numeric =
  (holds: (a: number, b: number) => boolean): Comparison =>
  (actual, wanted) => {
    const a = actual.trim() === '' ? Number.NaN : Number(actual);
    const b = wanted.trim() === '' ? Number.NaN : Number(wanted);
    return Number.isNaN(a) || Number.isNaN(b) ? null : holds(a, b);
  };

const date =
  (holds: (a: number, b: number) => boolean): Comparison =>
  (actual, wanted) => {
    const a = Date.parse(actual);
    const b = Date.parse(wanted);
    return Number.isNaN(a) || Number.isNaN(b) ? null : holds(a, b);
  };

const bool: Comparison = (actual, wanted) => {
  const [a, b] = [actual.toLowerCase(), wanted.toLowerCase()];
  return [a, b].every((value) => value === 'true' || value === 'false') ? a === b : null;
};

const inNetwork: Comparison = (actual, wanted) => {
  const [network = '', prefix, ...rest] = wanted.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const width = family === 'ipv6' ? 128 : 32;
  const bits = prefix === undefined ? width : Number(prefix);
  if (isIP(actual) === 0 || isIP(network) === 0 || rest.length > 0) return null;
  if (prefix === '' || !Number.isInteger(bits) || bits < 0 || bits > width) return null;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(actual, isIP(actual) === 6 ? 'ipv6' : 'ipv4');
};

/** The condition operators of the vendor's page "Policy elements". Anything else is unknown. */
export const conditionOperators: ReadonlyMap<string, ConditionOperator> = new Map([
  ['StringEquals', is(equals)],
  ['StringNotEquals', not(equals)],
  ['StringEqualsIgnoreCase', is(equalsIgnoreCase)],
  ['StringNotEqualsIgnoreCase', not(equalsIgnoreCase)],
  ['StringLike', is(like)],
  ['StringNotLike', not(like)],
  ['NumericEquals', is(numeric((a, b) => a === b))],
  ['NumericNotEquals', not(numeric((a, b) => a === b))],
  ['NumericLessThan', is(numeric((a, b) => a < b))],
  ['NumericLessThanEquals', is(numeric((a, b) => a <= b))],
  ['NumericGreaterThan', is(numeric((a, b) => a > b))],
  ['NumericGreaterThanEquals', is(numeric((a, b) => a >= b))],
  ['DateEquals', is(date((a, b) => a === b))],
  ['DateNotEquals', not(date((a, b) => a === b))],
  ['DateLessThan', is(date((a, b) => a < b))],
  ['DateLessThanEquals', is(date((a, b) => a <= b))],
  ['DateGreaterThan', is(date((a, b) => a > b))],
  ['DateGreaterThanEquals', is(date((a, b) => a >= b))],
  ['Bool', is(bool)],
  ['IpAddress', is(inNetwork)],
  ['NotIpAddress', not(inNetwork)],
]);
