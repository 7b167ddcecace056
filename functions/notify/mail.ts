import { createTransport } from 'nodemailer';
import { RetryableError, TerminalError } from '../../shared/runtime/errors.ts';
import { type Channel, textOf } from './channel.ts';

const PATIENCE_MS = 8_000;

/**
 * Mail over SMTP. `url`: `smtps://user:password@host:465`; `smtp://` is taken with STARTTLS only, but on this machine.
 * Text only, so nothing in it has a meaning; the subject holds nothing that a requester wrote.
 */
export const mail = (url: URL, from: string, to: readonly string[]): Channel => ({
  name: 'mail',
  async send(notice) {
    const secure = url.protocol === 'smtps:';
    const transport = createTransport({
      host: url.hostname,
      port: Number(url.port || (secure ? 465 : 587)),
      secure,
      requireTLS: url.hostname !== '127.0.0.1',
      ...(url.username === ''
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const message = {
      from,
      to: [...to],
      subject: `[dms-handshake] ${notice.title}`,
      text: `${textOf(notice)}\n`,
      headers: { 'X-Handshake-Id': notice.id.replaceAll(/[^\w.:-]/g, '') },
    };
    const { rejected } = await transport.sendMail(message).catch((error: unknown) => {
      throw told(error);
    });
    if (rejected.length > 0)
      throw new TerminalError('internal', `mail: ${rejected.length} of ${to.length} addresses were refused`);
  },
});

/** An answer of a server may repeat what it was sent, so only codes are shown. */
function told(error: unknown): Error {
  const code = fieldOf(error, 'code');
  const answer = fieldOf(error, 'responseCode');
  const what = `mail: ${code} ${answer}`.trim();
  if (answer.startsWith('4')) return new RetryableError('internal', what);
  // The library asks no server where it has a user and no password.
  return code === 'EAUTH' || answer.startsWith('5')
    ? new TerminalError('internal', `${what}: see MAIL_URL, MAIL_FROM and MAIL_TO`)
    : new RetryableError('internal', what);
}

const fieldOf = (error: unknown, key: string): string => String(Reflect.get(Object(error), key) ?? '');
