import type { RestResponse } from '../rest.ts';
import type { World } from '../world.ts';

/** A request that was found to be allowed. */
export interface OssCall {
  readonly world: World;
  readonly object: string;
  readonly content: Buffer;
  readonly requestId: string;
}

/** One operation of Object Storage Service. */
export interface OssOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Title of the vendor's page. */
  readonly page: string;
  readonly method: string;
  run(call: OssCall): RestResponse;
}
