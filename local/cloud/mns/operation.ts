import type { Caller } from '../caller.ts';
import type { RestRequest } from '../rest.ts';
import type { Account, World } from '../world.ts';
import type { XmlTree } from './xml/write.ts';

/** The named parts of the path. Empty where the path has no such part. */
export interface PathNames {
  readonly queue: string;
  readonly topic: string;
  readonly subscription: string;
}

/** One authorised call. */
export interface MnsCall {
  readonly world: World;
  /** The account that the endpoint names; the caller belongs to it. */
  readonly account: Account;
  readonly caller: Caller;
  readonly request: RestRequest;
  readonly names: PathNames;
  readonly query: Query;
}

/** Query items by name with the first letter in lower case: clients differ in it (`ReceiptHandle`, `receiptHandle`). */
export type Query = ReadonlyMap<string, string>;

/** `xml` undefined is an answer without a body. */
export interface MnsAnswer {
  readonly status: 200 | 201 | 204 | 404;
  readonly xml?: { readonly root: string; readonly tree: XmlTree };
  /** Path of the created object: becomes the Location header. */
  readonly location?: string;
}

/** One operation of the HTTP API 2015-06-06. */
export interface MnsOperation {
  /** The vendor's name; the RAM action is `mns:<name>`. */
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Title of the vendor's page. */
  readonly page: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `/queues/:queue/messages` */
  readonly path: string;
  /** Query items that must be there, and those that may be: what chooses between operations of one path. */
  readonly query?: { readonly required?: readonly string[]; readonly optional?: readonly string[] };
  /** Root element of the body, where that chooses between operations. */
  readonly root?: string;
  run(call: MnsCall): MnsAnswer | Promise<MnsAnswer>;
}
