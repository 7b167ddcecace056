import { TerminalError } from '../../shared/runtime/errors.ts';
import type { Channel } from './channel.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import { mail } from './mail.ts';
import { slack } from './slack.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the owner set up: where to tell, and of which kinds of replies; null: of all. */
export interface Told {
  readonly channels: readonly Channel[];
  readonly kinds: readonly string[] | null;
}

/** Stands in `s.notify.yaml` for a variable that is not set. */
const OFF = 'off';

/**
 * The channels of an environment. Throws a `TerminalError` with a sentence for every variable that is wrong; none quotes
 * a value, since nearly all of them are secrets.
 */
export function readChannels(environment: Environment): Told {
  const faults: string[] = [];
  const value = (name: string): string | null => {
    const text = environment[name] ?? '';
    return text === '' || text === OFF ? null : text;
  };
  const url = (name: string, protocols: readonly string[]): URL | null => {
    const text = value(name);
    if (text === null) return null;
    const parsed = URL.canParse(text) ? new URL(text) : null;
    if (parsed !== null && (protocols.includes(parsed.protocol) || isLoopback(parsed))) return parsed;
    faults.push(`${name} is no address that begins with ${protocols.join(' or ')}//`);
    return null;
  };
  const robots = [
    { url: url('DINGTALK_URL', HTTPS), of: dingtalk, secret: value('DINGTALK_SECRET') },
    { url: url('FEISHU_URL', HTTPS), of: feishu, secret: value('FEISHU_SECRET') },
    { url: url('SLACK_URL', HTTPS), of: slack, secret: null },
  ].flatMap((one) => (one.url === null ? [] : [one.of(one.url, one.secret)]));
  const server = url('MAIL_URL', ['smtps:', 'smtp:']);
  const from = value('MAIL_FROM') ?? '';
  const to = (value('MAIL_TO') ?? '').split(',').flatMap((one) => one.trim() || []);
  if (server !== null && (to.length === 0 || ![from, ...to].every(isAddress)))
    faults.push(
      'MAIL_URL is set, so MAIL_FROM must be an address and MAIL_TO one or more, with commas between',
    );
  if (server !== null && ![server.username, server.password].every(isDecodable))
    faults.push('the user or the password in MAIL_URL holds a % that begins no code: write % itself as %25');
  const mails = server === null ? [] : [mail(server, from, to)];
  const channels: readonly Channel[] = [...robots, ...mails];
  if (channels.length === 0 && faults.length === 0)
    faults.push('nobody would be told: set DINGTALK_URL, FEISHU_URL, SLACK_URL or MAIL_URL');
  if (faults.length > 0)
    throw new TerminalError('internal', `the environment of notify is wrong: ${faults.join('; ')}`);
  return {
    channels,
    kinds:
      value('NOTIFY_KINDS')
        ?.split(',')
        .map((one) => one.trim()) ?? null,
  };
}

const HTTPS = ['https:'];

const isLoopback = ({ protocol, hostname }: URL): boolean =>
  /^(http|smtp):$/.test(protocol) && hostname === '127.0.0.1';

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const isAddress = (text: string): boolean => /^[^\s<>@,;"]+@[^\s<>@,;"]+$/.test(text);
