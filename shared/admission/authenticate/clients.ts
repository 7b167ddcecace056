import type { Millis } from '../../runtime/millis.ts';
import type { Client } from '../requesters.ts';
import { hasBearer } from './bearer.ts';
import type { Headers } from './headers.ts';
import { hasHubSignature } from './hub-signature.ts';
import { isSigned, isWebhookKey } from './standard-webhooks.ts';
import { webhookParts } from './webhook-headers.ts';
import { hasZendeskSignature } from './zendesk.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The client that sent a request; null where none is proved. `body` is what was sent, byte for byte. All clients are tried, so that the time of a refusal
 * does not show which one came close.
 */
export function provenClient(
  received: { readonly headers: Headers; readonly body: Buffer; readonly at: Millis },
  clients: readonly Client[],
  environment: Environment,
): Client | null {
  const verdicts = clients.map((client) => proves(received, client, secretsOf(client, environment)));
  return clients.find((_, index) => verdicts[index] === true) ?? null;
}

function proves(
  { headers, body, at }: Parameters<typeof provenClient>[0],
  { auth }: Client,
  secrets: readonly string[],
): boolean {
  switch (auth.type) {
    case 'bearer':
      return hasBearer(headers, secrets);
    case 'hub-signature':
      return hasHubSignature(headers, body, secrets);
    case 'zendesk':
      return hasZendeskSignature(headers, body, secrets, at);
    case 'standard-webhooks': {
      const parts = webhookParts(headers);
      return parts !== null && isSigned(parts, body, secrets, at);
    }
  }
}

/**
 * The values of a client's variables, without the white space around them, which an editor or a pasted line leaves there.
 * Empty ones are left out, because an empty secret could match a missing header.
 */
const secretsOf = ({ auth }: Client, environment: Environment): readonly string[] =>
  auth.secretEnv.map((name) => secretIn(environment, name)).filter((secret) => secret !== '');

const valueIn = (environment: Environment, name: string): string => environment[name] ?? '';

const secretIn = (environment: Environment, name: string): string => valueIn(environment, name).trim();

/**
 * Faults of the configuration because of which a client can never be proved, or is only because white space around its
 * secret is left out, for the operator's log. Names variables, never their values.
 */
export function clientFaults(clients: readonly Client[], environment: Environment): readonly string[] {
  return clients.flatMap(({ name, auth }) =>
    auth.secretEnv.flatMap((variable) => {
      const at = `client ${name}: `;
      const secret = secretIn(environment, variable);
      if (secret === '') return [`${at}the environment variable ${variable} is not set`];
      return [
        ...(secret.length === valueIn(environment, variable).length
          ? []
          : [`${at}${variable} begins or ends with white space, which is left out; set it without`]),
        ...(/\p{Cc}/u.test(secret)
          ? [`${at}${variable} holds a control character inside of the secret; set it anew`]
          : []),
        ...(auth.type === 'standard-webhooks' && !isWebhookKey(secret)
          ? [
              `${at}${variable} holds neither whsec_ with base64 of 24 to 64 bytes nor whpk_ with base64 of 32`,
            ]
          : []),
      ];
    }),
  );
}
