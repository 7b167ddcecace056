import { randomBytes } from 'node:crypto';
import { dms } from '../../../shared/alicloud/dms.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import { meaningOf } from '../../../shared/alicloud/recognise.ts';
import { dmsPrincipal } from '../../../shared/catalogue/trust.ts';
import { allow, policy, trustService } from '../../../shared/installation/document-parts.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { CliError } from '../../failure.ts';
import { apiOf, type Site } from '../../site.ts';
import { makeRole } from './roles.ts';
import type { LiveGround, Say, Step } from './step.ts';

/** Types of which no list of the vendor has the word, and one that there is not. */
const TYPES = ['hologres', 'selectdb'] as const;
const NO_TYPE = 'dmshslive';

/**
 * Asks DMS of account A to register addresses that there are not, under a role that lacks every right. Each must be
 * refused, so nothing is registered; one that is taken all the same is taken off the list in the end.
 */
export const registration: Step = {
  name: 'registration',
  what: 'registrations that DMS must refuse',
  beliefs: ['dms-names-action', 'dms-dba-id', 'dms-type-names'],
  after: [],
  both: true,
  async run(at, say) {
    const { requester: site } = at;
    if (site === null) throw new CliError('there are no keys of account A');
    const dba = await dms(apiOf(site), site.region).dba();
    if (dba === null) throw new CliError('DMS lists no DBA and no administrator in account A');
    const RoleArn = await roleWithoutRights(at);
    const ask = (over: Readonly<Record<string, string>>) =>
      refusalOf(at, site, { RoleArn, DbaId: dba.id, InstanceType: 'redis', ...over });
    const plain = await at.eventually(async () => {
      const refusal = await ask({});
      if (refusal !== null && /NotExist/.test(refusal.code)) throw new CliError(refusal.code);
      return refusal;
    });
    if (plain === null) throw new CliError('DMS registered an address that there is not');
    // The keys lack a right here, and not the role.
    if (plain.denied?.action === 'dms:AddInstance') throw new CliError(worded(plain));
    const isNamed = plain.status === 403 && plain.denied !== null;
    say('dms-names-action', isNamed ? 'pass' : 'fail', worded(plain));
    apart('dms-dba-id', plain, [await ask({ DbaId: site.accountId })], say);
    const none = await ask({ InstanceType: NO_TYPE });
    const known: (Failure | null)[] = [];
    for (const InstanceType of TYPES) known.push(await ask({ InstanceType }));
    apart('dms-type-names', none, known, say);
  },
};

async function roleWithoutRights(at: LiveGround): Promise<string> {
  const { owner, names, requesterUid } = at;
  const name = names.name('dms-cross-account-refused');
  await makeRole(at, owner, {
    name,
    why: 'a role that DMS may enter and do nothing with',
    trust: trustService(dmsPrincipal(requesterUid)),
    permission: policy(allow(['sts:GetCallerIdentity'], ['*'])),
  });
  return roleArn(owner.accountId, name);
}

/** Why DMS does not register; null where it did. */
async function refusalOf(
  { names, removals }: LiveGround,
  site: Site,
  over: Readonly<Record<string, string>>,
): Promise<Failure | null> {
  const host = `${names.name('nothing')}.redis.rds.aliyuncs.com`;
  const client = () => dms(apiOf(site), site.region);
  removals.add('registration', host, site.accountId, () => client().remove({ host, port: 6379, sid: '' }));
  try {
    await client().add({
      Host: host,
      Port: '6379',
      InstanceAlias: names.name('nothing'),
      InstanceSource: 'RDS',
      NetworkType: 'VPC',
      EnvType: 'dev',
      EcsRegion: site.region,
      DatabaseUser: 'nobody',
      DatabasePassword: randomBytes(12).toString('base64url'),
      QueryTimeout: '60',
      ExportTimeout: '600',
      EnableSellTrust: 'Y',
      ...over,
    });
    return null;
  } catch (error) {
    if (error instanceof CloudError) return error.failure;
    throw error;
  }
}

const worded = ({ status, code, denied }: Failure): string =>
  `DMS answered ${status} ${code}, ${denied === null ? 'without an action' : `naming ${denied.action}`}`;

/** A belief holds where DMS answers otherwise to what is believed than to what is known to be none. */
function apart(belief: string, one: Failure | null, others: readonly (Failure | null)[], say: Say): void {
  const said = [one, ...others].map((found) => found?.code ?? 'taken').join(', ');
  const alike = others.some((other) => other?.code === one?.code);
  const aboutRights = [one, ...others].every((found) => found !== null && meaningOf(found) === 'denied');
  const differ = `DMS answered ${said}`;
  if (!alike) say(belief, 'pass', differ);
  else
    say(belief, aboutRights ? 'skip' : 'fail', aboutRights ? `${differ}: it looks at rights first` : differ);
}
