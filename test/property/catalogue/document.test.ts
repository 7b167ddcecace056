import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type DocumentId } from '../../../shared/catalogue/catalogue.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff.ts';
import { rulesOf, sameRules } from '../../../shared/reconcile/diff-rules.ts';

interface Said {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

const action = fc.constantFrom(
  'kvstore:DescribeInstances',
  'kvstore:ModifySecurityIps',
  'gdb:DescribeDbInstances',
  'vpc:*',
);
const resource = fc.constantFrom('*', 'acs:kvstore:*:1:instance/a', 'acs:gdb:*:1:*');
const condition = fc.constantFrom<Said['Condition']>(
  undefined,
  { StringEquals: { 'acs:SourceVpc': ['vpc-1', 'vpc-2'] } },
  { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] }, Bool: { 'acs:SecureTransport': ['true'] } },
);
const statement: fc.Arbitrary<Said> = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.uniqueArray(action, { minLength: 1, maxLength: 4 }),
  Resource: fc.uniqueArray(resource, { minLength: 1, maxLength: 3 }),
  Condition: condition,
});
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

const write = (said: readonly object[]): string => JSON.stringify({ Version: '1', Statement: said });
const equal = (left: string, right: string): boolean => {
  const [one, other] = [rulesOf(left), rulesOf(right)];
  if (one === null || other === null) throw new Error('one of them is no document');
  return sameRules(one, other);
};

/** Random decisions, drawn from a number: a rewriting has many small ones. */
function decisions(seed: number): () => boolean {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 31 === 1;
  };
}

/** Another way to write the same: key order, lists, letter case, white space, statements taken apart and repeated. */
function rewrite(said: readonly Said[], seed: number): string {
  const flip = decisions(seed);
  const list = (values: readonly string[]) => {
    const turned = flip() ? values.toReversed() : values;
    return turned.length === 1 && flip() ? turned[0] : turned;
  };
  const cased = (word: string) => (flip() ? word.toLowerCase() : flip() ? word.toUpperCase() : word);
  const conditionOf = (value: Said['Condition']) =>
    value === undefined
      ? undefined
      : Object.fromEntries(
          shuffle(Object.entries(value)).map(([operator, keys]) => [
            cased(operator),
            Object.fromEntries(Object.entries(keys).map(([key, values]) => [cased(key), list(values)])),
          ]),
        );
  const shuffle = <T>(values: readonly T[]): readonly T[] => (flip() ? values.toReversed() : values);
  const taken = said.flatMap((one) =>
    flip() && one.Action.length > 1
      ? [
          { ...one, Action: one.Action.slice(0, 1) },
          { ...one, Action: one.Action.slice(1) },
        ]
      : [one],
  );
  const written = taken.map((one) => {
    const Condition = conditionOf(one.Condition);
    const parts: [string, unknown][] = [
      ['Effect', one.Effect],
      ['Action', list(one.Action.map(cased))],
      ['Resource', list(one.Resource)],
      ...(Condition === undefined ? [] : [['Condition', Condition] as [string, unknown]]),
    ];
    return Object.fromEntries(shuffle(parts));
  });
  const repeated = flip() ? [...written, ...written.slice(0, 1)] : written;
  const document = flip()
    ? { Version: '1', Statement: shuffle(repeated) }
    : { Statement: repeated.length === 1 && flip() ? repeated[0] : repeated, Version: '1' };
  return JSON.stringify(document, undefined, flip() ? 2 : undefined);
}

describe('a document that was written in another way', () => {
  it('says the same', () => {
    fc.assert(
      fc.property(statements, fc.nat(), (said, seed) => {
        expect(equal(write(said), rewrite(said, seed))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has no difference from the catalogue', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...(Object.keys(CATALOGUE) as DocumentId[])), {
      minLength: 1,
    });
    fc.assert(
      fc.property(ids, fc.nat(), (wanted, seed) => {
        const document = permissionDocument(wanted);
        const said = (document?.Statement ?? []).map(
          ({ Action, Effect }): Said => ({
            Action: [Action].flat(),
            Effect,
            Resource: ['*'],
            Condition: undefined,
          }),
        );
        expect(permissionDifferences(rewrite(said, seed), document)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a document that says anything else', () => {
  const changes: Readonly<Record<string, (one: Said) => object>> = {
    'an action less': (one) => ({ ...one, Action: one.Action.slice(1) }),
    'an action more': (one) => ({ ...one, Action: [...one.Action, 'ram:CreateUser'] }),
    'every action': (one) => ({ ...one, Action: '*' }),
    'all actions but these': ({ Action, ...one }) => ({ ...one, NotAction: Action }),
    'a resource more': (one) => ({ ...one, Resource: [...one.Resource, 'acs:ram:*:1:user/x'] }),
    'another resource': (one) => ({ ...one, Resource: 'acs:ram:*:1:user/x' }),
    'all resources but these': ({ Resource, ...one }) => ({ ...one, NotResource: Resource }),
    'the other effect': (one) => ({ ...one, Effect: one.Effect === 'Allow' ? 'Deny' : 'Allow' }),
    'a condition more': (one) => ({
      ...one,
      Condition: { ...one.Condition, Null: { 'acs:MFAPresent': 'true' } },
    }),
    'another value in the condition': (one) => ({
      ...one,
      Condition: { StringEquals: { 'acs:SourceVpc': ['vpc-3'] } },
    }),
    'a value more in the condition': (one) => ({
      ...one,
      Condition: { StringEquals: { 'acs:SourceVpc': ['vpc-1', 'vpc-2', 'vpc-3'] } },
    }),
    'a principal': (one) => ({ ...one, Principal: { RAM: ['*'] } }),
  };

  it.each(Object.keys(changes))('is different: %s', (name) => {
    const change = changes[name];
    if (change === undefined) throw new Error(name);
    fc.assert(
      fc.property(statement, fc.nat(), (said, seed) => {
        const text = JSON.stringify({ Version: '1', Statement: [change(said)] });
        expect(equal(rewrite([said], seed), text)).toBe(false);
        expect(equal(text, rewrite([said], seed))).toBe(false);
      }),
    );
  });

  it('differs from the catalogue: an action less or more in any place', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...(Object.keys(CATALOGUE) as DocumentId[])), {
      minLength: 1,
    });
    fc.assert(
      fc.property(ids, fc.nat(), fc.boolean(), (wanted, place, less) => {
        const all = wanted.flatMap((id) => CATALOGUE[id].actions);
        const at = place % all.length;
        const Action = less ? all.toSpliced(at, 1) : all.toSpliced(at, 0, 'ram:CreateUser');
        const found = permissionDifferences(
          write([{ Action, Effect: 'Allow', Resource: '*' }]),
          permissionDocument(wanted),
        );
        // What is left of a statement without its only action still says something.
        const rest = less && all.length === 1 ? ['Allow (nothing) on * was not asked for'] : [];
        expect(found).toEqual([
          less ? `${all[at]?.toLowerCase()} is missing` : 'Allow ram:createuser on * was not asked for',
          ...rest,
        ]);
      }),
    );
  });

  it('is a document or is none, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const rules = rulesOf(text);
        expect(rules === null || Array.isArray(rules)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.dictionary(
            fc.constantFrom('Effect', 'Action', 'Resource', 'Principal', 'Condition', 'x'),
            fc.jsonValue({ maxDepth: 3 }),
          ),
          { maxLength: 3 },
        ),
        (said) => {
          expect(Array.isArray(rulesOf(write(said)))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
