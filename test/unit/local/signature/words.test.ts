import { describe, expect, it } from 'vitest';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import {
  authenticate,
  authenticateGateway,
  authenticateMns,
} from '../../../../local/cloud/signature/index.ts';
import { authenticateOss } from '../../../../local/cloud/signature/oss.ts';
import { authenticateSls } from '../../../../local/cloud/signature/sls.ts';
import type { World } from '../../../../local/cloud/world.ts';
import type { Keys } from '../../../kit/two-accounts.ts';
import { signers, words } from './setup.ts';
import { acs3, altered, fc, gmt, mns, roaV1, rpcV1 } from './sign.ts';
import { BUCKET, oss, sls, slsV4 } from './sign-oss-sls.ts';

interface Family {
  readonly sign: (keys: Keys, now: number) => RestRequest;
  readonly check: (world: World, request: RestRequest) => unknown;
}

const SIGNED_PATH = '/logstores/l';
const FAMILIES = {
  gateway: { sign: acs3, check: authenticateGateway },
  mns: { sign: (keys, now) => mns(keys, gmt(now)), check: authenticateMns },
  fc: { sign: (keys, now) => fc(keys, gmt(now)), check: authenticate },
  oss: { sign: oss, check: (world, request) => authenticateOss(world, request, BUCKET) },
  sls: { sign: sls, check: (world, request) => authenticateSls(world, request, SIGNED_PATH) },
  slsV4: { sign: slsV4, check: (world, request) => authenticateSls(world, request, SIGNED_PATH) },
  rpcV1: { sign: rpcV1, check: authenticateGateway },
  roaV1: { sign: roaV1, check: authenticateGateway },
} satisfies Readonly<Record<string, Family>>;

const MISMATCH = 'The request signature we calculated does not match the signature you provided.';
const TOKENS = {
  expired: 'Specified SecurityToken is expired.',
  malformed: 'Specified SecurityToken is malformed.',
  mismatch: 'Specified SecurityToken mismatch with the AccessKey.',
  missing: 'SecurityToken is mandatory for this action.',
};
const prefixed = (code: string, dotted: boolean) => ({
  expired: `${code}${dotted ? '.Expired' : ''}: ${TOKENS.expired}`,
  malformed: `${code}${dotted ? '.Malformed' : ''}: ${TOKENS.malformed}`,
  mismatch: `${code}${dotted ? '.MismatchWithAccessKey' : ''}: ${TOKENS.mismatch}`,
  missing: `${dotted ? `${code.slice(0, 3)} MissingSecurityToken` : code}: ${TOKENS.missing}`,
});
const GATEWAY = {
  unknown: '404 InvalidAccessKeyId.NotFound: Specified access key is not found.',
  disabled: '403 InvalidAccessKeyId.Inactive: Specified access key is disabled.',
  secret: `400 SignatureDoesNotMatch: ${MISMATCH} Check the access key secret and the signing method.`,
  time: '400 InvalidTimeStamp.Expired: Specified time stamp or date value is expired: it must be within 15 minutes of the server time.',
  ...prefixed('400 InvalidSecurityToken', true),
};
const SLS_TOKEN = '401 SecurityTokenInvalid: The token of the session is missing, expired or of another key.';
const SLS = {
  unknown: '401 Unauthorized: AccessKeyId not found.',
  disabled: '401 Unauthorized: AccessKeyId is inactive.',
  secret: '401 SignatureNotMatch: Signature does not match.',
  time: '400 RequestTimeExpired: Request time has expired or is too far ahead.',
  ...{ expired: SLS_TOKEN, malformed: SLS_TOKEN, mismatch: SLS_TOKEN, missing: SLS_TOKEN },
};
/** What each family says where something is wrong with who signed. */
const WORDS: Readonly<Record<keyof typeof FAMILIES, Readonly<Record<string, string>>>> = {
  gateway: GATEWAY,
  rpcV1: GATEWAY,
  roaV1: GATEWAY,
  mns: {
    unknown: '403 InvalidAccessKeyId: The AccessKey Id you provided is not exist.',
    disabled: '403 InvalidAccessKeyId: The AccessKey Id you provided is disabled.',
    secret: `403 SignatureDoesNotMatch: ${MISMATCH}`,
    time: '408 TimeExpired: The http request you sent is expired: its date is not within 15 minutes.',
    ...prefixed('403 InvalidSecurityToken', true),
  },
  fc: {
    unknown: '403 InvalidAccessKeyID: The access key id is not valid.',
    disabled: '403 InvalidAccessKeyID: The access key id is disabled.',
    secret: `403 SignatureNotMatch: ${MISMATCH} Check your access key and signing method.`,
    time: '403 AccessDenied: The date of the request is not within 15 minutes.',
    ...prefixed('403 AccessDenied', false),
  },
  oss: {
    unknown: '403 InvalidAccessKeyId: The OSS Access Key Id you provided does not exist in our records.',
    disabled: '403 InvalidAccessKeyId: The OSS Access Key Id you provided is disabled.',
    secret: `403 SignatureDoesNotMatch: ${MISMATCH}`,
    time: '403 RequestTimeTooSkewed: The difference between the request time and the current time is too large.',
    ...prefixed('403 InvalidSecurityToken', false),
  },
  sls: SLS,
  slsV4: SLS,
};

describe('what is wrong with who signed', () => {
  it.each(Object.keys(FAMILIES) as (keyof typeof FAMILIES)[])('in the words of %s', (name) => {
    const { sign, check }: Family = FAMILIES[name];
    const { world, owner, clock, keys, session, now } = signers();
    const said = (by: Keys, at: number = now) => words(() => check(world, sign(by, at)));
    const { securityToken = '', ...bare } = session;
    expect([said(keys), said(session)]).toEqual(['accepted', 'accepted']);
    const found: Record<string, string> = {
      unknown: said({ ...keys, accessKeyId: 'LTAInobody' }),
      secret: said({ ...keys, accessKeySecret: 'guess' }),
      time: said(keys, now - 901_000),
      malformed: said({ ...session, securityToken: 'made-up' }),
      mismatch: said({ ...keys, securityToken }),
      missing: said(bare),
    };
    const key = owner.ram.accessKeys.get(keys.accessKeyId);
    if (key !== undefined) key.active = false;
    clock.advance(900_000);
    found['disabled'] = said(keys, clock.now());
    found['expired'] = said(session, clock.now());
    expect(found).toEqual(WORDS[name]);
  });
});

describe('an Authorization is read as a whole', () => {
  it.each([
    ['gateway', '400 IncompleteSignature: The Authorization header is not a ACS3-HMAC-SHA256 signature.'],
    ['mns', '400 InvalidAuthorizationHeader: The Authorization header is not "MNS key:signature".'],
    ['fc', WORDS.fc['secret']],
    ['oss', '403 AccessDenied: The local cloud takes signature version 1: "OSS key:signature".'],
    ['sls', '401 Unauthorized: The Authorization header is not "LOG key:signature".'],
    ['slsV4', '401 Unauthorized: The Authorization header is not "LOG key:signature".'],
    ['roaV1', '400 IncompleteSignature: The Authorization header is not "acs key:signature".'],
  ] as const)('of %s', (name, refused) => {
    const { sign, check }: Family = FAMILIES[name];
    const { world, keys, now } = signers();
    const signed = sign(keys, now);
    const { authorization = '' } = signed.headers;
    const [scheme = ''] = authorization.split(' ');
    for (const odd of [`${scheme} ${authorization}`, `${authorization} x`, `${scheme} key`])
      expect(words(() => check(world, altered(signed, { authorization: odd })))).toBe(refused);
  });
});
