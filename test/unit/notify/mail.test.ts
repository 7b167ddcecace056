import net, { type NetConnectOpts } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedPort } from '../alicloud/stand-in.ts';
import { BYE, mailServer, TLS } from './receivers.ts';
import { failureOf, NOTICE, send } from './sending.ts';

const FROM = { MAIL_FROM: 'dms@example.com', MAIL_TO: 'a@example.com, b@example.com' };
const SEE = ': see MAIL_URL, MAIL_FROM and MAIL_TO';
afterEach(() => vi.restoreAllMocks());

describe('mail', () => {
  it('goes to everybody, as text, with a subject that no requester writes', async () => {
    const { url, mails } = await mailServer();
    await send({ MAIL_URL: url, ...FROM });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com']);
    const text = mails[0]?.text ?? '';
    expect(text).toMatch(/^Subject: \[dms-handshake\] Access is granted and proved \(account 1\)$/m);
    expect(text).toMatch(/^From: dms@example.com$/m);
    expect(text).toMatch(/^X-Handshake-ID: r-1$/m);
    expect(text).toMatch(/^Content-Type: text\/plain/m);
    expect(text.split('\n\n')[1]).toBe(
      '[dms-handshake] Access is granted and proved (account 1)\nReference: <!channel> <at user_id="all">x</at> @all & *b*',
    );
  });

  it('carries of an id what cannot end a line of its head', async () => {
    const { url, mails } = await mailServer();
    await send({ MAIL_URL: url, ...FROM }, { ...NOTICE, id: 'a.1:b_2-c\r\nBcc: <x@y.z>' });
    expect(mails[0]?.text).toMatch(/^X-Handshake-ID: a\.1:b_2-cBcc:xy\.z$/m);
  });

  it('goes without a user where the address has none', async () => {
    const { port, mails, heard } = await mailServer();
    await send({ MAIL_URL: `smtp://127.0.0.1:${port}`, ...FROM });
    expect(mails).toHaveLength(1);
    expect(heard.join('')).not.toContain('AUTH');
  });

  it('goes with the user and the password of the address, as they are without their codes', async () => {
    const { port, heard } = await mailServer();
    await send({ MAIL_URL: `smtp://us%40er:pass%2Fword@127.0.0.1:${port}`, ...FROM });
    const proof = Buffer.from('\0us@er\0pass/word').toString('base64');
    expect(heard.join('')).toContain(`AUTH PLAIN ${proof}\r\n`);
  });

  it.each([
    ['AUTH', '535 wrong', false, `mail: EAUTH 535${SEE}`],
    ['AUTH', '451 later', true, 'mail: EAUTH 451'],
    ['MAIL', '451 later', true, 'mail: EENVELOPE 451'],
    ['MAIL', '550 no', false, `mail: EENVELOPE 550${SEE}`],
    ['RCPT TO:<b@example.com>', '550 nobody', false, 'mail: 1 of 2 addresses were refused'],
    ['RCPT', '550 nobody', false, `mail: EENVELOPE 550${SEE}`],
    ['DATA', '421 busy', true, 'mail: EENVELOPE 421'],
    ['DATA', `552 full${BYE}`, false, `mail: EENVELOPE 552${SEE}`],
  ])('to a server that answers %s with "%s" is tried again: %s', async (command, answer, again, message) => {
    const { url } = await mailServer({ [command]: answer });
    expect(await failureOf({ MAIL_URL: url, ...FROM })).toEqual({ again, code: 'internal', message });
  });

  it('to a server that is not there is tried again', async () => {
    const url = (await closedPort()).replace('http:', 'smtp:');
    const failure = { again: true, code: 'internal', message: 'mail: ESOCKET' };
    expect(await failureOf({ MAIL_URL: url, ...FROM })).toEqual(failure);
  });

  it('with a user and no password is given up', async () => {
    const { port } = await mailServer();
    const failure = { again: false, code: 'internal', message: `mail: EAUTH${SEE}` };
    expect(await failureOf({ MAIL_URL: `smtp://user@127.0.0.1:${port}`, ...FROM })).toEqual(failure);
  });

  it('to a server that hangs up before TLS is tried again', async () => {
    const { url, heard } = await mailServer({ EHLO: '250-here\r\n250 STARTTLS', STAR: '220 go' });
    expect((await failureOf({ MAIL_URL: url, ...FROM }))?.again).toBe(true);
    expect(heard.map((one) => one.slice(0, 4)).slice(0, 2)).toEqual(['EHLO', 'STAR']);
  });
});

/** Leads a connection to another machine to this one, and keeps where it was to go. */
function leadTo(port: number) {
  const asked: unknown[] = [];
  const here = net.connect;
  const spy = (options: NetConnectOpts, begun?: () => void) => {
    const { host, port: wanted } = { host: '', port: 0, ...options };
    asked.push(`${host} ${wanted}`);
    return here({ host: '127.0.0.1', port }, begun);
  };
  vi.spyOn(net, 'connect').mockImplementation(Object(spy));
  vi.spyOn(tls, 'connect').mockImplementation(Object(spy));
  return asked;
}

describe('a mail to another machine', () => {
  it.each([
    ['smtp://192.0.2.1', '192.0.2.1 587'],
    ['smtp://192.0.2.1:2525', '192.0.2.1 2525'],
  ])('%s tells nothing before TLS, and is given up where there is none', async (url, where) => {
    const { port, heard, mails } = await mailServer({ STAR: '502 unknown' });
    const asked = leadTo(port);
    const failure = { again: false, code: 'internal', message: `mail: ETLS 502${SEE}` };
    expect(await failureOf({ MAIL_URL: url.replace('//', '//user:pass@'), ...FROM })).toEqual(failure);
    expect([asked, mails]).toEqual([[where], []]);
    expect(heard.map((one) => one.slice(0, 4))).toEqual(['EHLO', 'STAR']);
  });

  it('over smtps goes to port 465', async () => {
    const asked = leadTo((await mailServer()).port);
    await failureOf({ MAIL_URL: 'smtps://192.0.2.1', ...FROM });
    expect(asked).toEqual(['192.0.2.1 465']);
  });

  it('over smtps begins with TLS', async () => {
    const { port, heard, mails } = await mailServer({}, '');
    const failure = await failureOf({ MAIL_URL: `smtps://user:pass@127.0.0.1:${port}`, ...FROM });
    expect([failure?.again, mails]).toEqual([true, []]);
    expect(heard[0]?.slice(0, 1)).toBe(TLS);
  });
});
