import { randomBytes } from 'node:crypto';
import { millis } from '../../../shared/runtime/clock.ts';
import { witnessed } from '../actiontrail/witness.ts';
import type { Caller, PolicyDocument } from '../caller.ts';
import { ApiError } from '../error.ts';
import { assumePermission, mayAssume, noPermission, parseTrust } from '../evaluate/index.ts';
import type { World } from '../world.ts';
import { type OwnedRole, roleOf } from './role-arn.ts';

/** Temporary keys as a client holds them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** ISO 8601 without milliseconds, `2026-11-23T10:15:00Z`. */
  readonly expiration: string;
}

/** What the maker of a session chooses. */
export interface SessionRequest {
  readonly roleArn: string;
  /** 2 to 64 of letters, digits, `.`, `@`, `-`, `_`. */
  readonly sessionName: string;
  /** 900 seconds up to the role's own maximum. */
  readonly durationSeconds: number;
  readonly sessionPolicy?: PolicyDocument | undefined;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
}

export interface ServiceSessionRequest extends SessionRequest {
  /** The service principal that asks: `<uid>@dms.aliyuncs.com`, `fc.aliyuncs.com`. */
  readonly service: string;
}

/** The shortest session, in seconds. */
export const MIN_DURATION = 900;

/**
 * Makes a session for a caller, if its own policies and the role's trust both allow it.
 * Throws `ApiError`: 400 `InvalidParameter.{RoleArn,RoleSessionName,DurationSeconds}`, 404 `EntityNotExist.Role`,
 * 403 `NoPermission` with `AccessDeniedDetail`. The trail of the role's account has it either way.
 */
export function assume(world: World, caller: Caller, request: SessionRequest): Assumed {
  const { roleArn, sessionName, durationSeconds } = request;
  const owner = /^acs:ram::(\d+):/.exec(roleArn)?.[1] ?? caller.accountId;
  const subject = {
    service: 'Sts',
    version: '2015-04-01',
    name: 'AssumeRole',
    caller,
    recipient: world.accounts.get(owner)?.uid ?? owner,
  } as const;
  const parameters = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: durationSeconds };
  return witnessed(world, subject, parameters, () => begin(world, caller, request), shown);
}

interface Assumed {
  readonly credentials: SessionCredentials;
  readonly owned: OwnedRole;
  readonly sourceIdentity: string | undefined;
}

/** What an event holds of an answer: as the samples of the vendor's pages have it, with the secret. */
const shown = ({ credentials, owned }: Assumed): object => ({
  AssumedRoleUser: { Arn: owned.role.arn, AssumedRoleId: owned.role.id },
  Credentials: {
    AccessKeyId: credentials.accessKeyId,
    AccessKeySecret: credentials.accessKeySecret,
    Expiration: credentials.expiration,
  },
});

function begin(world: World, caller: Caller, request: SessionRequest): Assumed {
  const { sessionName, externalId } = request;
  const sourceIdentity = identityBehind(world, caller, request);
  if (!/^[A-Za-z0-9.@_-]{2,64}$/.test(sessionName)) {
    throw new ApiError(
      400,
      'InvalidParameter.RoleSessionName',
      'The parameter RoleSessionName is wrongly formed.',
    );
  }
  const owned = roleOf(world, request.roleArn);
  const { ownerId, role } = owned;
  const trust = parseTrust(role.trust);
  const decision = mayAssume({
    world,
    caller,
    ownerId,
    roleArn: role.arn,
    trust,
    externalId,
    sourceIdentity,
  });
  if (!decision.allowed) throw noPermission(caller, assumePermission(role.arn), decision);
  requireDuration(request.durationSeconds, role.maxSessionDuration);
  return { credentials: open(world, caller, owned, { ...request, sourceIdentity }), owned, sourceIdentity };
}

/** A chain of sessions keeps the identity that its first one was given: it cannot be changed on the way (inferred). */
function identityBehind(world: World, caller: Caller, request: SessionRequest): string | undefined {
  const before = world.sts.session(caller.accessKeyId)?.sourceIdentity ?? undefined;
  if (before === undefined || request.sourceIdentity === undefined) return request.sourceIdentity ?? before;
  if (before === request.sourceIdentity) return before;
  throw new ApiError(
    400,
    'InvalidParameter.SourceIdentity',
    `The session already has the SourceIdentity ${before}, which cannot be changed.`,
  );
}

/**
 * Lets a cloud service assume a role: how DMS enters an account, and how Function Compute gets a function's keys.
 * The role's trust decides alone. Throws as `assume` does.
 */
export function assumeAsService(world: World, request: ServiceSessionRequest): SessionCredentials {
  const { service } = request;
  const [actsFor = ''] = service.includes('@') ? service.split('@') : [];
  const caller: Caller = { accountId: actsFor, accessKeyId: '', principal: { type: 'service', service } };
  return assume(world, caller, request).credentials;
}

function requireDuration(seconds: number, maximum: number): void {
  if (Number.isInteger(seconds) && seconds >= MIN_DURATION && seconds <= maximum) return;
  throw new ApiError(
    400,
    'InvalidParameter.DurationSeconds',
    `The Min/Max value of DurationSeconds is ${MIN_DURATION} and the role's MaxSessionDuration, ${maximum} seconds.`,
  );
}

function open(
  world: World,
  { accessKeyId: askedBy }: Caller,
  { ownerId, role }: OwnedRole,
  request: SessionRequest,
): SessionCredentials {
  const keys = {
    accessKeyId: `STS.${randomBytes(12).toString('hex')}`,
    accessKeySecret: randomBytes(24).toString('base64url'),
    securityToken: randomBytes(96).toString('base64'),
  };
  const expiresAt = millis(world.clock.now() + request.durationSeconds * 1000);
  world.sts.add({
    accountId: ownerId,
    accessKeyId: keys.accessKeyId,
    accessKeySecret: keys.accessKeySecret,
    securityToken: keys.securityToken,
    expiresAt,
    principal: {
      type: 'role',
      roleName: role.name,
      roleId: role.id,
      sessionName: request.sessionName,
      sessionPolicy: request.sessionPolicy ?? null,
    },
    sourceIdentity: request.sourceIdentity ?? null,
    askedBy,
  });
  return { ...keys, expiration: new Date(expiresAt).toISOString().replace(/\.\d+/, '') };
}
