import type { ProvisionSettings } from '../../functions/provision/provision.ts';
import type { Caller } from '../../local/cloud/caller.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { assume } from '../../local/cloud/sts/session.ts';
import type { WeatherOptions } from '../../local/cloud/weather.ts';
import { type Account, World } from '../../local/cloud/world.ts';
import { install } from '../../local/install.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { actionTrail } from '../../shared/alicloud/action-trail.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { prober } from '../../shared/alicloud/prober.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { ramWriter } from '../../shared/alicloud/ram-writer.ts';
import { standardNames } from '../../shared/installation/installation.ts';
import type { RamLister } from '../../shared/ports.ts';
import { RecentWrites } from '../../shared/reconcile/recent-writes.ts';
import type { ProvisionPorts } from '../../shared/reconcile/reconciled.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import type { Trail } from '../../shared/trail-port.ts';
import type { VerifyPorts } from '../../shared/verification/verify.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import { TestClock } from './clock.ts';
import { DirectApi, type Hook } from './direct-api.ts';
import { MINUTE } from './time.ts';

/** Who may ask for everything in a direct world: each on a topic of its own, as the rules want it. */
export const REQUESTERS = [REQUESTER, '1000000000000011', '1000000000000012'];
export const topicOf = (uid: string): string => `requests-${uid}`;

/** The topic that a body is taken from: of its lane, or of the requester. */
export const laneTopic = (body: object, uid: string): string => {
  if ('upkeep' in body) return TOPICS.upkeep;
  return 'owner' in body ? TOPICS.owner : topicOf(uid);
};

const freely = (uid: string) => ({
  uid,
  name: `r-${uid}`,
  engines: '*',
  access: ['register', 'console'],
  topics: [topicOf(uid)],
});

/**
 * The workflow on the local cloud's RAM and STS without HTTP in between: the adapters are the real ones, only the SDK's
 * transport is replaced. For properties that need thousands of runs. Rights are evaluated under the installed roles.
 */
export interface Direct {
  readonly world: World;
  readonly owner: Account;
  readonly clock: TestClock;
  readonly settings: ProvisionSettings;
  /** RAM writes that took effect, in order. */
  readonly writes: string[];
  /** Ports of one invocation: of an instance of its own, or of the one with that memory. */
  provisionPorts(hook?: Hook, memory?: RecentWrites): ProvisionPorts;
  verifyPorts(): VerifyPorts;
  lister(): RamLister;
  /** ActionTrail of the owner's account, as verify reads it. */
  trail(): Trail;
  byHand(operation: string, parameters: Readonly<Record<string, string>>): Promise<object>;
  /** Another world, that goes on from what RAM holds in this one. */
  fork(): Promise<Direct>;
}

export async function direct(
  verify = true,
  over: Partial<ProvisionSettings> = {},
  weather: WeatherOptions = {},
  from?: World,
): Promise<Direct> {
  installed ??= installation();
  const before = from ?? (await installed);
  const clock = new TestClock(before.clock.now());
  const world = new World({ clock, region: 'cn-hangzhou', weather, keep: 1_000_000 });
  const owner = world.addAccount(OWNER, before.account(OWNER).ram);
  world.addAccount(REQUESTER, before.account(REQUESTER).ram);
  const writes: string[] = [];
  const settings: ProvisionSettings = {
    region: 'cn-hangzhou',
    ownerUid: OWNER,
    verifyRoleArn: verify ? `acs:ram::${OWNER}:role/dms-handshake-verify` : null,
    patienceMs: MINUTE,
    verifyRole: 'dms-handshake-verify',
    heal: true,
    upkeepTopic: TOPICS.upkeep,
    ownerTopic: TOPICS.owner,
    requesters: readRequesters(JSON.stringify({ requesters: REQUESTERS.map(freely) })),
    ...over,
  };
  const deadline = () => millis(clock.now() + 10 * MINUTE);
  const identity = { accountId: async () => OWNER };
  return {
    world,
    owner,
    clock,
    settings,
    writes,
    provisionPorts(hook = async () => undefined, memory = new RecentWrites()) {
      const api = new DirectApi(world, callerOf(owner, 'dms-handshake-provision'), writes, hook);
      const ram = { ...ramReader(api), ...ramWriter(api) };
      return { clock, deadline: deadline(), identity, ram, memory };
    },
    verifyPorts() {
      const caller = callerOf(owner, 'dms-handshake-verify');
      const api = new DirectApi(world, caller, writes, async () => undefined);
      return {
        clock,
        deadline: deadline(),
        identity,
        ram: ramReader(api),
        assumer: {
          async assume({ roleArn, sessionName, externalId, sessionPolicy }) {
            try {
              const { credentials } = assume(world, caller, {
                roleArn,
                sessionName,
                durationSeconds: 900,
                externalId: externalId ?? undefined,
                sessionPolicy: JSON.parse(JSON.stringify(sessionPolicy)),
              });
              const keys = { accessKeyId: credentials.accessKeyId, accessKeySecret: 'x' };
              return { kind: 'session', session: new Credentials(keys, clock.now()) };
            } catch (error) {
              if (!(error instanceof ApiError)) throw error;
              return error.status === 404 ? { kind: 'no-role' } : { kind: 'denied', detail: error.code };
            }
          },
        },
        prober: prober(
          (session) => new DirectApi(world, sessionCaller(world, session), writes, async () => undefined),
          settings.region,
        ),
      };
    },
    lister: () =>
      ramLister(new DirectApi(world, callerOf(owner, 'dms-handshake-verify'), writes, async () => undefined)),
    trail: () => {
      const caller = callerOf(owner, 'dms-handshake-verify');
      const api = new DirectApi(world, caller, writes, async () => undefined);
      return actionTrail(() => api, settings.region, { clock, endpoint: null });
    },
    byHand: (operation, parameters) => ramByHand(world, owner, operation, parameters),
    fork: () => direct(verify, over, weather, world),
  };
}

/** What all begin with: made once, and copied, as a property asks for thousands. */
let installed: Promise<World> | undefined;

async function installation(): Promise<World> {
  const world = new World({ clock: new TestClock(), region: 'cn-hangzhou' });
  await install(
    world,
    world.addAccount(OWNER),
    world.addAccount(REQUESTER),
    standardNames('cn-hangzhou', OWNER),
  );
  return world;
}

function sessionCaller(world: World, session: Credentials): Caller {
  const { accessKeyId } = session.reveal();
  const found = world.sts.session(accessKeyId);
  if (found === undefined) throw new Error('no session of this world, or it has ended');
  return { accountId: found.accountId, accessKeyId, principal: found.principal };
}

function callerOf(account: Account, roleName: string): Caller {
  const role = account.ram.findRole(roleName);
  if (role === undefined) throw new Error(`${roleName} is not installed`);
  const principal = {
    type: 'role',
    roleName,
    roleId: role.id,
    sessionName: 'test',
    sessionPolicy: null,
  } as const;
  return { accountId: account.uid, accessKeyId: `test-${roleName}`, principal };
}
