import { expect, it } from 'vitest';
import { accountAt } from '../../../../local/cloud/http/account-at.ts';
import { requested } from '../../../../local/cloud/http/requested.ts';
import { operationsAt } from '../../../../local/cloud/http/resolve.ts';
import { rpcOperations } from '../../../../local/cloud/operations.ts';
import { REQUESTER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { twoAccounts } from '../../../kit/two-accounts.ts';
import { request } from '../signature/sign.ts';

it('what speaks to the gateway is no parameter of the operation', () => {
  const common = {
    ...{ Action: 'A', Version: 'V', Format: 'JSON', AccessKeyId: 'k', SecurityToken: 't', Signature: 's' },
    ...{
      SignatureMethod: 'm',
      SignatureVersion: '1',
      SignatureNonce: 'n',
      SignatureType: '',
      Timestamp: 'T',
    },
  };
  expect(requested(request({}), { ...common, RoleName: 'x', action: 'a' })).toEqual({
    name: 'A',
    version: 'V',
    parameters: { RoleName: 'x', action: 'a' },
  });
});

it.each([
  ['the header, where that is signed', { authorization: 'x', 'x-acs-action': 'H' }, { Action: 'h' }, 'H'],
  ['the parameter, where there is no such header', { authorization: 'x' }, { Action: 'P' }, 'P'],
  ['the parameter, where no header is signed', { 'x-acs-action': 'p' }, { Action: 'P' }, 'P'],
])('the operation is named by %s', (_what, headers: Record<string, string>, parameters, name) => {
  expect(requested(request({ headers }), { Version: 'V', ...parameters }).name).toBe(name);
});

it('a host of the vendor has the operations of its product; another has all', () => {
  const servicesAt = (host: string) => [
    ...new Set(operationsAt('cn-hangzhou', rpcOperations, host).map(({ service }) => service)),
  ];
  expect(servicesAt('STS.aliyuncs.com:443')).toEqual(['sts']);
  for (const host of ['localhost', 'sts.aliyuncs.com.localhost', 'sts.aliyuncs.com:x'])
    expect(operationsAt('cn-hangzhou', rpcOperations, host)).toBe(rpcOperations);
});

it.each([
  [`${REQUESTER}.mns.cn-hangzhou.aliyuncs.com`, REQUESTER],
  [`${REQUESTER}.cn-hangzhou.fc.aliyuncs.com`, REQUESTER],
  [`${REQUESTER}.fc.cn-hangzhou.localhost`, REQUESTER],
  [`x${REQUESTER}.mns.cn-hangzhou.aliyuncs.com`, undefined],
  [`${REQUESTER}.mns`, undefined],
  ['mns.cn-hangzhou.aliyuncs.com', undefined],
])('%s is of the account %s', (host, uid) => {
  expect(accountAt(twoAccounts(new TestClock()).world, host)?.uid).toBe(uid);
});
