import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { backwards, readTemplate, withoutTriggers } from '../../../scripts/deployment/template.ts';

const FILES: Readonly<Record<string, string>> = {
  's.yaml': `
access: default
vars: { all: &all { REGION: "\${env('REGION')}" } }
resources:
  one:
    component: fc3@0.1.22
    props: { functionName: f1, code: ./one, environmentVariables: { <<: *all, TOKEN: x }, triggers: [1] }
  two:
    component: fc3@0.1.22
    props: { functionName: f2, code: ./two, environmentVariables: *all }
`,
  's.more.yaml': `
extend: s.yaml
resources: { two: { props: { logConfig: { project: p } } } }
`,
};
const read = (file: string) => FILES[file] ?? file;
const template = readTemplate('s.more.yaml', read);

const REGION = `$\{env('REGION')}`;
const FC3 = 'fc3@0.1.22';
const ONE = {
  functionName: 'f1',
  code: './one',
  environmentVariables: { REGION, TOKEN: 'x' },
  triggers: [1],
};
const TWO = {
  ...{ functionName: 'f2', code: './two', environmentVariables: { REGION } },
  logConfig: { project: 'p' },
};
const AROUND = { access: 'default', vars: { all: { REGION } } };

describe('the template of a deployment', () => {
  it('is the file over the one that it extends, with its variables as they are', () => {
    const resources = { one: { component: FC3, props: ONE }, two: { component: FC3, props: TWO } };
    expect(template).toEqual({ ...AROUND, resources });
  });

  it('for the first step has the functions that are named, their zips and no triggers', () => {
    const { triggers: _, ...one } = ONE;
    const step = (...names: string[]) =>
      parse(withoutTriggers(template, names, (name) => `/zips/${name}.zip`));
    expect(step('f1')).toEqual({
      ...AROUND,
      resources: { one: { component: FC3, props: { ...one, code: '/zips/f1.zip' } } },
    });
    expect(Object.keys(step('f2', 'f1').resources)).toEqual(['one', 'two']);
  });

  it('for a removal has all functions in the other order, and no variables', () => {
    const { environmentVariables: _one, ...one } = ONE;
    const { environmentVariables: _two, ...two } = TWO;
    const removal = parse(backwards(template));
    expect(removal).toEqual({
      ...AROUND,
      resources: { one: { component: FC3, props: one }, two: { component: FC3, props: two } },
    });
    expect(Object.keys(removal.resources)).toEqual(['two', 'one']);
  });

  it.each([
    'extend: 7',
    'access: 7\nresources: {}',
    'resources: 7',
    'resources: { a: { props: {} } }',
    'resources: { a: { component: fc3 } }',
    'resources: { a: { component: fc3, props: 7 } }',
  ])('is none: %j', (text) => {
    expect(() => readTemplate(text, read)).toThrow(/invalid_type/);
  });
});
