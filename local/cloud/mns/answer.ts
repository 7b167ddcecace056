import type { ApiError } from '../error.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import type { MnsAnswer } from './operation.ts';
import { writeXml } from './xml/write.ts';

/** What an answer is an answer to. */
export interface Answered {
  readonly world: World;
  readonly account: Account;
  readonly request: RestRequest;
  readonly requestId: string;
}

export function answerXml(answered: Answered, { status, xml, location }: MnsAnswer): RestResponse {
  const body = xml === undefined ? '' : writeXml(xml.root, xml.tree);
  // In this letter case: the vendor's Java client does not find it in another.
  const extra = location === undefined ? {} : { Location: `${baseUrl(answered)}${location}` };
  return { status, headers: { ...headersOf(answered), ...extra }, body };
}

/** The vendor's Error document. `HostId` is the host that was asked: clients read it without asking whether it is there. */
export function answerError(answered: Answered, error: ApiError): RestResponse {
  const tree = {
    Code: error.code,
    Message: error.message,
    RequestId: answered.requestId,
    HostId: baseUrl(answered),
  };
  return { status: error.status, headers: headersOf(answered), body: writeXml('Error', tree) };
}

/** `http://<uid>.mns.<region>.aliyuncs.com` */
export function endpointOf(world: World, account: Account): string {
  return `http://${account.uid}.mns.${world.region}.aliyuncs.com`;
}

/** Where the client found this endpoint, so that a Location or a URL in a list can be followed. */
export function baseUrl({
  world,
  account,
  request,
}: Pick<Answered, 'world' | 'account' | 'request'>): string {
  const host = request.headers['host'];
  return host === undefined ? endpointOf(world, account) : `${request.scheme ?? 'http'}://${host}`;
}

function headersOf({ requestId }: Answered): Record<string, string> {
  return {
    'content-type': 'text/xml;charset=utf-8',
    'x-mns-request-id': requestId,
    'x-mns-version': '2015-06-06',
  };
}
