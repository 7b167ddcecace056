import { createHmac } from 'node:crypto';
import { REQUESTER } from '../../kit/accounts.ts';
import type { Dice } from '../dice.ts';
import { read } from '../fuzz/mutate.ts';

/** Who may ask, with one client for each way to prove itself. */
export const PLANTED = {
  requesters: [
    {
      uid: REQUESTER,
      name: 'planted',
      engines: '*',
      access: ['register', 'console'],
      topics: ['dms-handshake-requests'],
    },
  ],
  clients: [
    { name: 'bearer', requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'BEARER' } },
    { name: 'hub', requesters: [REQUESTER], auth: { type: 'hub-signature', secretEnv: ['HUB', 'HUB_NEXT'] } },
    { name: 'zendesk', requesters: [REQUESTER], auth: { type: 'zendesk', secretEnv: 'ZENDESK' } },
    { name: 'webhooks', requesters: [REQUESTER], auth: { type: 'standard-webhooks', secretEnv: 'WEBHOOKS' } },
  ],
};

/** The secrets of the clients; one is no key of its kind, which the log may say without showing it. */
export const planted = (dice: Dice): Record<string, string> => ({
  BEARER: token(dice),
  HUB: token(dice),
  HUB_NEXT: token(dice),
  ZENDESK: token(dice),
  WEBHOOKS: dice.chance(0.5) ? `whsec_${dice.bytes(24).toString('base64')}` : token(dice),
});

type Tell = (secret: string) => unknown;

/** In the shapes that secrets come in: an access key, a session's key, a password, a token. */
function token(dice: Dice): string {
  const random = dice.bytes(18).toString('base64url').replaceAll('-', 'x');
  return dice.pick([`LTAI5t${random}`, `STS.${random}`, `p4ss!${random}`, random]);
}

function told(dice: Dice, tell: Tell): string {
  const secret = token(dice);
  tell(secret);
  return secret;
}

const FIELDS = [
  'password',
  'accessKeySecret',
  'token',
  'securityToken',
  'Authorization',
  'api_key',
  'clientSecret',
  'passwd',
] as const;

/** A request, now and then with a secret in a field that a request has not. */
export function requestWith(dice: Dice, tell: Tell): string {
  const request = { requesterUid: REQUESTER, engines: dice.some(['redis', 'gdb', 'lindorm'], 1) };
  return JSON.stringify(dice.chance(0.4) ? { ...request, [dice.pick(FIELDS)]: told(dice, tell) } : request);
}

/** A call of the door with proofs that are right, wrong, in the wrong place, or somebody else's. */
export function httpWith(dice: Dice, environment: Readonly<Record<string, string>>, tell: Tell): object {
  const body = requestWith(dice, tell);
  const headers: Record<string, string> = {
    'content-type': dice.chance(0.9) ? 'application/json' : 'text/plain',
  };
  const secret = dice.chance(0.5)
    ? (environment[dice.pick(['BEARER', 'HUB', 'ZENDESK'])] ?? '')
    : told(dice, tell);
  const kind = dice.int(0, 4);
  if (kind === 0) headers['authorization'] = `Bearer ${secret}`;
  if (kind === 1) headers['authorization'] = `Basic ${secret}`;
  if (kind === 2) headers['x-hub-signature-256'] = signature(secret, body, 'hex', tell);
  if (kind === 3) headers['x-zendesk-webhook-signature'] = signature(secret, body, 'base64', tell);
  if (kind === 4) headers['webhook-signature'] = `v1,${signature(secret, body, 'base64', tell)}`;
  headers['x-api-key'] = told(dice, tell);
  return {
    version: 'v1',
    rawPath: dice.chance(0.9) ? '/requests' : `/requests/${told(dice, tell)}`,
    body: dice.chance(0.9) ? body : `${body}}`,
    headers,
    queryParameters: { access_token: told(dice, tell) },
    requestContext: { http: { method: dice.chance(0.9) ? 'POST' : 'PUT' } },
  };
}

function signature(secret: string, body: string, form: 'hex' | 'base64', tell: Tell): string {
  const mac = createHmac('sha256', secret).update(body).digest(form);
  tell(mac);
  return form === 'hex' ? `sha256=${mac}` : mac;
}

/** `requesters.json` with a secret where its name belongs, in a field that there is not, or in text that is no JSON. */
export function fileWith(dice: Dice, tell: Tell): string {
  const secret = told(dice, tell);
  const file = JSON.stringify(PLANTED);
  const kind = dice.int(0, 3);
  if (kind === 0) return file.replace('"BEARER"', JSON.stringify(secret));
  if (kind === 1) return file.replace('"secretEnv":"ZENDESK"', `"secret":${JSON.stringify(secret)}`);
  if (kind === 2) return file.replace('"BEARER"', secret);
  const withField: unknown = read(
    file.replace('"name":"hub"', `"name":"hub","password":${JSON.stringify(secret)}`),
  );
  return JSON.stringify(withField);
}
