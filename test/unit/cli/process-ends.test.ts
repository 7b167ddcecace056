import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handleEnds, statusOfUsage, wasInterrupted } from '../../../cli/process-ends.ts';
import { aborted, stopSignal } from '../../../cli/stop-signals.ts';

type Listener = (value?: unknown) => void;

/** What the process is made to listen for, and what it writes and ends with; nothing of it happens. */
let heard: Map<string, Listener>;
let ended: (number | string | null | undefined)[];
let written: string;
let listening: number;

beforeEach(() => {
  heard = new Map();
  ended = [];
  written = '';
  listening = 1;
  vi.spyOn(process, 'on').mockImplementation((event, listener: Listener) => {
    heard.set(String(event), listener);
    return process;
  });
  vi.spyOn(process, 'listenerCount').mockImplementation((event) => (event === 'SIGINT' ? listening : 0));
  vi.spyOn(process.stdout, 'on').mockImplementation((event, listener: () => void) => {
    heard.set(`stdout ${String(event)}`, listener);
    return process.stdout;
  });
  vi.spyOn(process.stderr, 'on').mockImplementation((event, listener: () => void) => {
    heard.set(`stderr ${String(event)}`, listener);
    return process.stderr;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text, encoding, done) => {
    written += String(text);
    const then = typeof encoding === 'function' ? encoding : done;
    if (then !== undefined) then();
    return true;
  });
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    ended.push(code);
    return undefined as never;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  process.exitCode = undefined;
});

const fails = (stream: 'stdout' | 'stderr', code: string) =>
  heard.get(`${stream} error`)?.(Object.assign(new Error('no'), { code }));

it('Ctrl-C ends with 130 and a word, unless a command listens itself', () => {
  handleEnds('dms-handshake');
  listening = 2;
  heard.get('SIGINT')?.();
  expect([written, ended]).toEqual(['', []]);
  listening = 1;
  heard.get('SIGINT')?.();
  expect([written, ended]).toEqual(['dms-handshake: interrupted\n', [130]]);
});

it.each([
  [undefined, 0],
  [1, 1],
])('a reader that stops ends it without a word, where the status so far is %s with %i', (before, status) => {
  handleEnds('dms-handshake');
  process.exitCode = before;
  fails('stdout', 'EPIPE');
  expect(ended[0]).toBe(status);
});

it('a full disk ends it with one sentence, and 1', () => {
  handleEnds('dms-handshake');
  fails('stdout', 'ENOSPC');
  expect([written, ended]).toEqual([
    'dms-handshake: the output cannot be written (ENOSPC); what the command did is done all the same\n',
    [1],
  ]);
});

it.each([
  [undefined, 1],
  [0, 1],
  [3, 3],
])('where nobody can be told, a status so far of %s becomes %i', (before, status) => {
  handleEnds('dms-handshake');
  process.exitCode = before;
  fails('stderr', 'EPIPE');
  expect([written, ended]).toEqual(['', [status]]);
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
])('%s aborts at once, and ends the process with %i a little later', async (signal, status) => {
  vi.useFakeTimers();
  const stopped = stopSignal();
  const waiting = aborted(stopped);
  expect(stopped.aborted).toBe(false);
  heard.get(signal)?.(signal);
  expect([stopped.aborted, process.exitCode, ended]).toEqual([true, status, []]);
  await waiting;
  await aborted(stopped);
  vi.advanceTimersByTime(599);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual([status]);
});

it('Ctrl-C at a question is told from other errors, and help from wrong usage', () => {
  const asked = Object.assign(new Error('x'), { name: 'ExitPromptError' });
  expect([asked, new Error('Aborted with Ctrl+C'), new Error('x'), 'x'].map(wasInterrupted)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([0, 1].map((exitCode) => statusOfUsage({ exitCode }))).toEqual([0, 2]);
});
