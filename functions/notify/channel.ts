import type { Millis } from '../../shared/runtime/millis.ts';
import type { Line, Notice } from './notice.ts';

/** One way of telling people. */
export interface Channel {
  readonly name: 'dingtalk' | 'feishu' | 'slack' | 'mail';
  /** Throws a `RetryableError` where a later try may do better, and a `TerminalError` where none can. */
  send(notice: Notice, now: Millis): Promise<void>;
}

/** The whole as text, a line each. `escaped`: takes away what the channel gives a meaning to. */
export const textOf = (
  { title, lines }: Pick<Notice, 'title' | 'lines'>,
  escaped: (text: string) => string = (text) => text,
): string => [`[dms-handshake] ${escaped(title)}`, ...lines.map((line) => lineOf(line, escaped))].join('\n');

const lineOf = ({ label, text }: Line, escaped: (text: string) => string): string =>
  `${label}: ${escaped(text)}`;
