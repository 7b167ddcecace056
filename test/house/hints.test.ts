import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildProgram } from '../../cli/commands.ts';

const NAMES = buildProgram('0').commands.map((command) => command.name());
const COMMAND = new RegExp(`(?<!npx )\\bdms-handshake (${NAMES.join('|')})\\b`, 'g');
/** What is no command for people: the words that a digest begins with, and the name of a certificate. */
const OTHERS = ['dms-handshake request\\0', 'dms-handshake local cloud'];

it('hints name a command that is found: with npx before it', () => {
  const listed = execFileSync('git', ['ls-files', 'cli', 'client', 'shared', 'functions', 'local'], {
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(100);
  const bare = files.flatMap((file) => {
    const text = OTHERS.reduce((all, other) => all.replaceAll(other, ''), readFileSync(file, 'utf8'));
    return [...text.matchAll(COMMAND)].map(([found]) => `${file}: ${found}`);
  });
  expect(bare).toEqual([]);
});
