import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/explain/architecture.md', 'utf8');
const [, section = ''] = /\n## The shapes on a request's way\n(.*?)\n## /s.exec(page) ?? [];
const rows = section.split('\n').filter((line) => line.startsWith('| `'));
const shapes = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
const PART = /`(\w+)` in `([\w./-]+)`/g;
const parts = [...section.matchAll(PART)].map(([, name = '', file = '']) => [name, file] as const);
const inside = [...section.matchAll(/`(\w+)`(?: and `(\w+)`)? \(/g)].flatMap(([, ...names]) =>
  names.filter((name) => name !== undefined),
);

const sources = execFileSync('git', ['ls-files', 'events', 'shared', 'functions'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(file, 'utf8')] as const);
const exportersOf = (name: string) =>
  sources
    .filter(([, text]) => new RegExp(`^export (?:interface|type) ${name}\\b`, 'm').test(text))
    .map(([file]) => file);

describe('the shapes that a request takes', () => {
  it('are 15 at most, from the request to the reply', () => {
    const names = shapes.map(([, name]) => name);
    expect([names[0], names.at(-1)]).toEqual(['Request', 'Reply']);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(15);
  });

  it('and their parts are each exported by the file that the page names, and by no other', () => {
    const listed = [...shapes.map(([, name = '', file = '']) => [name, file] as const), ...parts];
    expect(parts.length).toBeGreaterThan(4);
    expect(listed.map(([name]) => [name, exportersOf(name)])).toEqual(
      listed.map(([name, file]) => [name, [file]]),
    );
  });

  it('and those inside of a step have a name of their own, too', () => {
    expect(inside.length).toBeGreaterThan(4);
    expect(inside.filter((name) => exportersOf(name).length !== 1)).toEqual([]);
  });
});
