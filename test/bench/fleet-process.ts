import type { OwnerAccount } from '../../cli/fleet/accounts-file.ts';
import { type Ask, verifyAccounts } from '../../cli/fleet/verify-accounts.ts';
import { page } from '../../cli/report/page.ts';
import { invocationAnswerSchema } from '../../events/invocation-answer.ts';
import reply from '../../events/samples/reply-verified.json' with { type: 'json' };
import { VirtualClock } from '../../local/testing/virtual-clock.ts';
import { uidOf } from '../kit/populate.ts';

/** Opening a session, and what verify takes for a role: its sweep takes 11.3 s for 1,000. */
const SESSION_MS = 100;
const ROLE_MS = 11;
/** Roles of an answer: verify answers after 10 s. */
const PAGE_ROLES = 250;
const SLOWEST = 2;

const { data } = reply;
const [ownerUid, requesterUid] = [data.ownerUid, data.requesterUid];
const TEMPLATE = JSON.stringify({
  roleArn: data.roleArn,
  requesterUid,
  access: data.access,
  status: 'verified',
  assurance: data.assurance,
  checks: data.checks,
});

/** An account whose verify takes its time, and says of each role what the real one says. */
const accountOf = (clock: VirtualClock, { uid }: OwnerAccount, roles: number, factor: number) => {
  const textOf = (n: number) => TEMPLATE.replaceAll(ownerUid, uid).replaceAll(requesterUid, uidOf(n));
  const ask: Ask = async ({ after }) => {
    const from = Number(after ?? '0');
    const end = Math.min(roles, from + PAGE_ROLES);
    await clock.sleep((end - from) * ROLE_MS * factor);
    const texts = Array.from({ length: end - from }, (_, n) => textOf(from + n));
    const next = end < roles ? `"${end}"` : 'null';
    const text = `{"roles":[${texts.join()}],"total":${roles},"next":${next}}`;
    return invocationAnswerSchema.parse(JSON.parse(text));
  };
  return ask;
};

/** Asks a fleet in virtual time, and makes its page; says how long it took, and the most memory of this process. */
async function main(accounts: number, rolesEach: number): Promise<void> {
  const clock = new VirtualClock();
  const list = Array.from({ length: accounts }, (_, n) => {
    const uid = String(2_000_000_000_000_000 + n);
    return { uid, roleArn: `acs:ram::${uid}:role/dms-handshake-fleet` };
  });
  const started = clock.now();
  const enter = async (account: OwnerAccount): Promise<Ask> => {
    await clock.sleep(SESSION_MS);
    // No two accounts are alike.
    const place = list.indexOf(account);
    return accountOf(clock, account, rolesEach, place === 0 ? SLOWEST : 1 + place / (2 * accounts));
  };
  const { roles, unverified } = await clock.during(verifyAccounts(list, {}, enter, clock, () => {}));
  const seconds = (clock.now() - started) / 1_000;
  let count = 0;
  for (const { status } of roles) if (status === 'verified') count += 1;
  if (count !== accounts * rolesEach || unverified.length > 0) throw new Error('roles are missing');
  const html = page(roles, { owners: list, unverified, madeAt: new Date().toISOString() });
  if (!html.includes('left out') && count > 20_000)
    throw new Error('the page does not say what it leaves out');
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  const slowestAccountSeconds = (rolesEach * ROLE_MS * SLOWEST) / 1_000;
  process.stdout.write(
    `${JSON.stringify({ accounts, rolesEach, seconds, slowestAccountSeconds, peakRssMb })}\n`,
  );
}

const [accounts, rolesEach] = process.argv.slice(2).map(Number);
await main(accounts ?? 0, rolesEach ?? 0);
