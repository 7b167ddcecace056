import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentFor } from '../../local/cloud/dms/db-types.ts';
import { ALL_ENGINES, isPolicyEngine, resolveEngine } from '../../shared/catalogue/catalogue.ts';
import { hasModifyingRight, whyNotInstances } from '../../shared/catalogue/scope.ts';
import { runProgram } from '../kit/cli.ts';

const page = readFileSync('README.md', 'utf8');

/** Hosts by which DMS tells the two generations of PolarDB-X apart; for other types any host will do. */
const HOSTS: Readonly<Record<string, string>> = {
  polardbx1: 'drds1.drds.aliyuncs.com',
  polardbx2: 'pxc-1.polarx.rds.aliyuncs.com',
};

const spansIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);

describe("README.md's table of engines", () => {
  const [, section = ''] = page.split('\n## Engines\n');
  const engines = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `.*$/gm)].map(([row]) => {
    const [id = '', product = '', policy = '', types = '', narrowed = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const [name = ''] = spansIn(id);
    return { id: name, product, policy, types: spansIn(types), narrowed: spansIn(narrowed) };
  });

  it('has every engine once', () => {
    expect(engines.map(({ id }) => id).toSorted()).toEqual([...ALL_ENGINES].toSorted());
  });

  it.each(engines)(
    'says of $id what a request and DMS say of it',
    ({ id, product, policy, types, narrowed }) => {
      const engine = resolveEngine(id);
      expect(resolveEngine(product)).toEqual(engine);
      if (!('id' in engine)) throw new Error(`${id} is no engine`);
      const needsPolicy = isPolicyEngine(engine.id);
      expect(policy).toBe(needsPolicy ? 'yes' : 'no');
      expect(types.length).toBeGreaterThan(0);
      for (const type of types) {
        const document = documentFor(type, HOSTS[id] ?? 'any.example.com');
        expect(document, type).toEqual(needsPolicy ? expect.any(String) : null);
        if (document) expect(resolveEngine(document), type).toEqual(engine);
      }
      const fields = [
        ...(whyNotInstances(engine.id) === null ? ['instances'] : []),
        ...(hasModifyingRight(engine.id) ? ['readOnly'] : []),
      ];
      expect(narrowed).toEqual(fields);
    },
  );
});

it('npm start --silent -- --json prints one JSON object and nothing else, as README.md pipes it', async () => {
  expect(page).toContain('`npm start --silent -- --json | jq .reply.data.roleArn`');
  const line = ['start', '--silent', '--', '--json'];
  const { code, stdout } = await runProgram('npm', line, { cwd: process.cwd() });
  expect(code).toBe(0);
  const printed = JSON.parse(stdout);
  expect(Object.keys(printed)).toEqual(['request', 'reply', 'timeline', 'api']);
  expect(printed.reply.data.roleArn).toMatch(/^acs:ram::2000000000000002:role\//);
});

// A second time, since a machine under load may answer one by one what is asked side by side: that is a round trip more.
it('README.md shows what npm start prints', { retry: 3 }, async () => {
  const shown = /^```text\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const { code, stdout } = await runProgram(process.execPath, ['dist/cli/demo.js'], { cwd: process.cwd() });
  expect(code).toBe(0);
  // Calls that are made side by side are answered in any order.
  expect(stdout.split('\n').toSorted()).toEqual(shown.split('\n').toSorted());
});
