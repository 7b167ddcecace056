import { createTransport } from 'nodemailer';
import { RetryableError, TerminalError } from '../../shared/runtime/errors.ts';
import { type Channel, textOf } from './channel.ts';

const PATIENCE_MS = 8_000;

/** What a server or the library says so that no later try changes it. */
const FINAL = ['EAUTH', 'EENVELOPE', 'EMESSAGE', 'ENOAUTH', 'EOAUTH2', 'ETLS'];

/**
 * Mail over SMTP. `url`: `smtps://user:password@host:465`; `smtp://` is taken with STARTTLS only, but on this machine.
 * Text only, so nothing in it has a meaning; the subject holds nothing that a requester wrote.
 */
export const mail = (url: URL, from: string, to: readonly string[]): Channel => ({
  name: 'mail',
  async send(notice) {
    const transport = createTransport({
      host: url.hostname,
      port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
      secure: url.protocol === 'smtps:',
      requireTLS: url.protocol !== 'smtps:' && url.hostname !== '127.0.0.1',
      ...(url.username === ''
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { rejected } = await transport.sendMail({
        from,
        to: [...to],
        subject: `[dms-handshake] ${notice.title}`,
        text: `${textOf(notice)}\n`,
        headers: { 'X-Handshake-Id': notice.id.replaceAll(/[^\w.:-]/g, '') },
      });
      if (rejected.length > 0)
        throw new TerminalError(
          'internal',
          `mail: ${rejected.length} of ${to.length} addresses were refused`,
        );
    } catch (error) {
      throw told(error);
    } finally {
      transport.close();
    }
  },
});

/** An answer of a server may repeat what it was sent, so only codes are shown. */
function told(error: unknown): Error {
  if (error instanceof TerminalError) return error;
  const code = fieldOf(error, 'code');
  const answer = fieldOf(error, 'responseCode');
  const what = `mail: ${[code, answer].filter((one) => one !== '').join(' ') || 'failed'}`;
  if (answer.startsWith('4')) return new RetryableError('internal', what);
  const final = FINAL.includes(code) || answer.startsWith('5');
  return final
    ? new TerminalError('internal', `${what}: see MAIL_URL, MAIL_FROM and MAIL_TO`)
    : new RetryableError('internal', what);
}

function fieldOf(error: unknown, key: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
