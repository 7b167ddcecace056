import { explainCloud } from '../../client/explain.ts';
import type { VerifyRequest } from '../../events/invocation.ts';
import type { InvocationAnswer } from '../../events/invocation-answer.ts';
import type { RoleReport } from '../../events/report.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import { pool } from '../../shared/runtime/pool.ts';
import { eachPage } from '../ask-verify.ts';
import type { OwnerAccount } from './accounts-file.ts';
import { KeptReports } from './kept-reports.ts';

/** What was found out about a fleet. */
export interface FleetReport {
  readonly roles: Iterable<RoleReport>;
  readonly unverified: readonly Unverified[];
}

/** An account, or a role, about which nothing is known, and why, in words for people. */
export interface Unverified {
  /** Such as `account 2000000000000002 (payments)`. */
  readonly what: string;
  readonly reason: string;
}

/** Asks the verify function of one account. */
export type Ask = (request: VerifyRequest) => Promise<InvocationAnswer>;

/** So many accounts are asked at once: rates are of each account, and an answer that is awaited costs a connection. */
const AT_ONCE = 100;

const accountNamed = ({ uid, name }: OwnerAccount): string =>
  `account ${uid}${name === undefined ? '' : ` (${name})`}`;

/**
 * Has the verify function of each account look at its roles. Accounts are asked side by side, so one that is slow or
 * cannot be reached does not keep the others waiting. Answers in the order of the accounts. `enter` opens an account.
 */
export async function verifyAccounts(
  accounts: readonly OwnerAccount[],
  request: VerifyRequest,
  enter: (account: OwnerAccount) => Promise<Ask>,
  clock: Clock,
  say: (text: string) => void,
): Promise<FleetReport> {
  const found = new Map<OwnerAccount, { roles: KeptReports | null; unverified: readonly Unverified[] }>();
  let seen = 0;
  const done = () => `${found.size} of ${accounts.length} accounts, ${seen} roles`;
  await pool(accounts, AT_ONCE, async (account) => {
    const named = accountNamed(account);
    try {
      const roles = new KeptReports();
      const unverified: Unverified[] = [];
      const take = (page: InvocationAnswer): void => {
        roles.add(page.roles);
        seen += page.roles.length;
        for (const { role, reason } of page.unjudged)
          unverified.push({ what: `role ${role} of ${named}`, reason });
      };
      await eachPage(
        request,
        await enter(account),
        clock,
        (text) => say(`${done()}; ${named}: ${text}`),
        take,
      );
      found.set(account, { roles, unverified });
    } catch (error) {
      const reason = explainCloud(error) ?? (error instanceof Error ? error.message : String(error));
      found.set(account, { roles: null, unverified: [{ what: named, reason }] });
    }
    say(done());
  });
  const inOrder = accounts.flatMap((account) => found.get(account) ?? []);
  return {
    roles: {
      *[Symbol.iterator]() {
        for (const { roles } of inOrder) if (roles !== null) yield* roles;
      },
    },
    unverified: inOrder.flatMap(({ unverified }) => unverified),
  };
}
