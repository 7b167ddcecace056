import type { Account } from '../../../local/cloud/world.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { PROCEDURE } from '../../kit/procedure.ts';
import { unmet } from '../scenario.ts';
import { read } from './mutate.ts';
import { SIGNED, SIGNING, TOPIC } from './seeds.ts';

const OWN = [`dms-cross-account-${REQUESTER}`, `dms-cross-account-${SIGNING}`];
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  'dmscrossaccountpolicy-redis': PROCEDURE.redis.actions,
  'dmscrossaccountpolicy-gdb': PROCEDURE.gdb.actions,
};
/** Tags in which the sweep's findings are remembered: whoever may publish may have them written, they give nothing. */
const REMEMBERED = ['dms-verdict', 'dms-notes', 'dms-strangers', 'dms-roll-0', 'dms-roll-1', 'dms-roll-2'];

/** The most that any valid request allows, and everything else as it was. */
export class Bounds {
  readonly #owner: Account;
  readonly #others: string;

  constructor(owner: Account) {
    this.#owner = owner;
    this.#others = others(owner);
  }

  /** What goes beyond them. */
  faults(): string[] {
    const { ram } = this.#owner;
    const roles = OWN.flatMap((name) => ram.findRole(name) ?? []);
    return [
      ...unmet([others(this.#owner) === this.#others, 'something changed that no request is about']),
      ...roles.flatMap(({ name, trust, tags, attachments }) => {
        const [uid, engines, policy] =
          name === OWN[0] ? [REQUESTER, ['redis', 'rds'], 'redis'] : [SIGNING, ['gdb'], 'gdb'];
        const keys = [
          'managed-by',
          'dms-closed',
          ...REMEMBERED,
          ...engines.map((one) => `dms-engine-${one}`),
        ];
        return unmet(
          [
            attachments.every((one) => one.policyName === `DmsCrossAccountPolicy-${policy}`),
            `${name} has ${JSON.stringify(attachments)}`,
          ],
          [
            trusts(trust).every((one) => one === `${uid}@dms.aliyuncs.com` || one === `verify ${uid}`),
            `${name} trusts ${trust}`,
          ],
          [
            [...tags.keys()].every((key) => keys.includes(key)),
            `${name} has the tags ${[...tags.keys()].join()}`,
          ],
        );
      }),
      ...Object.entries(POLICIES).flatMap(([key, actions]) => {
        const documents = ram.policies.get(key)?.versions.map(({ document }) => document) ?? [];
        return documents
          .filter((document) => said(document) !== said(JSON.stringify(statementOf(actions))))
          .map((document) => `${key} says ${document}`);
      }),
    ];
  }
}

const statementOf = (actions: readonly string[]) => ({
  Statement: [{ Action: actions, Resource: '*', Effect: 'Allow' }],
  Version: '1',
});
const said = (document: string): string => JSON.stringify(read(document));

/** Everything in RAM but what requests may be about. */
const others = ({ ram }: Account): string =>
  JSON.stringify([
    [...ram.roles.values()]
      .filter(({ name }) => !OWN.includes(name))
      .map((role) => ({ ...role, tags: [...role.tags].filter(([key]) => !REMEMBERED.includes(key)) })),
    [...ram.policies].filter(([key]) => !(key in POLICIES)),
    [...ram.users.keys()],
  ]);

/** Whom a trust policy lets in: a service, or our verify role under the external id of a requester. */
function trusts(trust: string): string[] {
  const statements: readonly { Effect: string; Principal: Record<string, string[]>; Condition?: object }[] =
    JSON.parse(trust).Statement;
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal, Condition }) => {
      const id = /^\{"StringEquals":\{"sts:ExternalId":\["dms-handshake:(\d+)"\]\}\}$/.exec(
        JSON.stringify(Condition) ?? '',
      );
      const ours =
        JSON.stringify(Principal) === '{"RAM":["acs:ram::2000000000000002:role/dms-handshake-verify"]}';
      return ours ? [`verify ${id?.[1]}`] : Object.values(Principal).flat();
    });
}

/** Whether an event holds anything at all for which provision may write: a necessary condition, written down plainly. */
export function mayWrite(event: string): boolean {
  const given: unknown = read(event);
  return [given].flat().some((one) => {
    if (typeof one !== 'object' || one === null) return false;
    const { Message, TopicName, data } = one as {
      Message?: unknown;
      TopicName?: unknown;
      data?: { messageBody?: unknown };
    };
    const body = typeof Message === 'string' ? Message : data?.messageBody;
    const message =
      typeof body === 'string' ? (read(body) ?? read(Buffer.from(body, 'base64').toString())) : body;
    if (typeof message !== 'object' || message === null) return false;
    if ('upkeep' in message) return true;
    if ('payload' in message && message.payload === SIGNED) return true;
    const { requesterUid, action = 'grant' } = message as { requesterUid?: unknown; action?: unknown };
    return (
      TopicName === TOPIC && String(requesterUid) === REQUESTER && (action === 'grant' || action === 'revoke')
    );
  });
}
