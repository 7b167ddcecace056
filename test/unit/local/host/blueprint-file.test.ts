import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../../../local/host/blueprint.ts';

const of = (expression: string): string => `\${${expression}}`;

/** An `s.yaml` with these resources, each of which says no more of its function than it is told to. */
const file = (resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>, component = 'fc3') =>
  JSON.stringify({
    edition: '3.0.0',
    name: 'app',
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, props]) => [
        name,
        {
          component,
          props: { region: 'r', functionName: name, runtime: 'nodejs20', code: '.', ...props },
        },
      ]),
    ),
  });

describe('a file that cannot be read', () => {
  const mistaken = (yaml: string) => () => readBlueprint(yaml, {});

  it('has every mistake of its form named', () => {
    expect(mistaken('a: b: c\nd: [')).toThrow(
      new Error(
        's.yaml: Nested mappings are not allowed in compact mappings at line 1, column 4:\n\na: b: c\n   ^\n; ' +
          'Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 5:\n\nd: [\n    ^\n',
      ),
    );
  });

  it.each([
    ['', 's.yaml is null: Invalid input: expected object, received null'],
    ['- a', 's.yaml is a list: Invalid input: expected object, received array'],
    ['extend: 7', 's.yaml.extend is 7: Invalid input: expected string, received number'],
    ['extend: ./base.yaml', 's.yaml: it extends ./base.yaml, which cannot be read from here'],
    [
      '{ edition: 3.0.0, access: 7, resources: {} }',
      's.yaml.name is missing: Invalid input: expected string, received undefined\n' +
        's.yaml.access is 7: Invalid input: expected string, received number',
    ],
  ])('%j is refused', (yaml, message) => {
    expect(mistaken(yaml)).toThrow(new Error(message));
  });

  it.each(['fc', 'afc3', 'fc3@', 'fc30'])('component %s is none that can run here', (component) => {
    expect(mistaken(file({ one: {} }, component))).toThrow(
      new Error(
        `s.yaml.resources.one.component is "${component}": only resources of component fc3 can run here`,
      ),
    );
  });

  it.each(['fc3', 'fc3@0.1.2'])('component %s can run here', (component) => {
    expect(readBlueprint(file({ one: {} }, component), {}).functions).toHaveLength(1);
  });
});

describe('a resource', () => {
  it('sees those before it resolved, and those after it as they are written', () => {
    const later = { code: of('resources.two.props.code') };
    const { functions } = readBlueprint(
      file({
        one: { ...later, description: of('resources.two.props.description') },
        two: { code: './two', description: of('resources.three.props.description') },
        three: { description: 'of three', code: of('resources.one.props.code') },
      }),
      {},
    );
    expect(functions.map(({ code, description }) => [code, description])).toEqual([
      ['./two', 'of three'],
      ['./two', 'of three'],
      ['./two', 'of three'],
    ]);
  });
});

describe('a file that extends another', () => {
  const files: Readonly<Record<string, string>> = {
    './base.yaml': file({ one: { description: 'base', timeout: 9 }, two: {} }),
    './middle.yaml': JSON.stringify({
      extend: './base.yaml',
      resources: { one: { props: { description: 'middle', cpu: 1 } } },
    }),
  };
  const read = (path: string) => files[path] ?? '';
  const top = (extend: string, props: object) =>
    JSON.stringify({ extend, name: 'top', resources: { one: { props } } });

  it('is laid over it, and over what that one extends', () => {
    const { name, functions } = readBlueprint(top('./middle.yaml', { cpu: 2 }), {}, read);
    expect(name).toBe('top');
    expect(functions).toMatchObject([
      { functionName: 'one', description: 'middle', timeout: 9, cpu: 2 },
      { functionName: 'two' },
    ]);
  });

  it('is refused where it leads back to itself', () => {
    const round: Readonly<Record<string, string>> = {
      './a.yaml': 'extend: ./b.yaml',
      './b.yaml': 'extend: ./a.yaml',
    };
    expect(() => readBlueprint(top('./a.yaml', {}), {}, (path) => round[path] ?? '')).toThrow(
      /^s\.yaml: \.\/a\.yaml extends \.\/b\.yaml extends \.\/a\.yaml, without an end$/,
    );
  });

  it('is checked as a whole', () => {
    expect(() => readBlueprint(top('./base.yaml', { timeout: 0 }), {}, read)).toThrow(
      /^resources\.one\.props\.timeout is 0: /,
    );
    expect(() => readBlueprint(top('./none.yaml', {}), {}, read)).toThrow(/^s\.yaml is null: /);
  });
});
