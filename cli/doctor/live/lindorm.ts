import type { Failure } from '../../../shared/alicloud/failure.ts';
import { refusalOfWrite } from '../../../shared/alicloud/lindorm.ts';
import { meaningOf } from '../../../shared/alicloud/recognise.ts';
import { openSession } from '../../../shared/alicloud/session.ts';
import { allow, policy, trustAccount } from '../../../shared/installation/document-parts.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { apiOf } from '../../site.ts';
import { makeRole } from './roles.ts';
import type { Say, Step } from './step.ts';

/** Ids of the vendor's form, of instances that there are not. */
const GRANTED = 'ld-dmshsliveone000000';
const OTHER = 'ld-dmshslivetwo000000';

/** A right to one instance, tried on it and on another. There is neither, so nothing can be written. */
export const narrowed: Step = {
  name: 'lindorm',
  what: 'a right to one instance of Lindorm, tried on that and on another; there is neither',
  beliefs: ['lindorm-instance'],
  after: [],
  both: false,
  async run(at, say) {
    const { owner, names, eventually } = at;
    const name = names.name('dms-handshake-lindorm');
    const resource = `acs:lindorm:*:${owner.accountId}:instance/${GRANTED}`;
    await makeRole(at, owner, {
      name,
      why: 'a right to one instance of Lindorm',
      trust: trustAccount(owner.accountId),
      permission: policy(allow(['lindorm:UpdateInstanceIpWhiteList'], [resource])),
    });
    const credentials = await eventually(() =>
      openSession(apiOf(owner), owner.region, {
        roleArn: roleArn(owner.accountId, name),
        sessionName: 'dms-handshake-live',
        externalId: null,
        sessionPolicy: null,
      }),
    );
    const ask = (id: string) => refusalOfWrite(apiOf({ ...owner, credentials }), owner.region, id);
    // The right may not be visible yet; where it never is, that is the finding.
    const own = await eventually(async () => {
      const refusal = await ask(GRANTED);
      if (isDenied(refusal)) throw new NotYet(refusal);
      return refusal;
    }).catch((error: unknown) => {
      if (error instanceof NotYet) return error.refusal;
      throw error;
    });
    judge(own, await ask(OTHER), say);
  },
};

class NotYet extends Error {
  readonly refusal: Failure | null;

  constructor(refusal: Failure | null) {
    super('the right is not visible yet');
    this.refusal = refusal;
  }
}

const isDenied = (refusal: Failure | null): boolean =>
  refusal !== null && ['denied', 'refused'].includes(meaningOf(refusal));

function judge(own: Failure | null, other: Failure | null, say: Say): void {
  const said = `of the granted one Lindorm said ${own?.code ?? 'nothing'}, of another ${other?.code ?? 'nothing'}`;
  if (isDenied(own)) say('lindorm-instance', 'fail', said);
  else if (isDenied(other)) say('lindorm-instance', 'pass', said);
  else say('lindorm-instance', 'skip', `${said}: it looks for the instance before the right`);
}
