import type { SessionCredentials } from '../cloud/sts/session.ts';
import type { InstanceSpec } from './instance-spec.ts';

interface ContextParts {
  readonly spec: InstanceSpec;
  readonly requestId: string;
  readonly accountId: string;
  /** 0 for the first attempt of an asynchronous event and for every synchronous invocation. */
  readonly retryCount: number;
  readonly credentials: SessionCredentials | null;
  readonly logger: object;
}

/**
 * The second argument of a handler (vendor page "Node.js: request handlers", Context). Each invocation gets a new one.
 * A function without a role has empty credentials.
 */
export function invocationContext(parts: ContextParts): object {
  const { spec, credentials } = parts;
  const initializer = spec.instanceLifecycleConfig.initializer;
  return {
    requestId: parts.requestId,
    credentials: {
      accessKeyId: credentials?.accessKeyId ?? '',
      accessKeySecret: credentials?.accessKeySecret ?? '',
      securityToken: credentials?.securityToken ?? '',
    },
    function: {
      name: spec.functionName,
      handler: spec.handler,
      memory: spec.memorySize,
      timeout: spec.timeout,
      ...(initializer === undefined ? {} : { initializer: initializer.handler }),
    },
    // Services are gone in 3.0; the runtime still passes the object.
    service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
    region: spec.region,
    accountId: parts.accountId,
    logger: parts.logger,
    retryCount: parts.retryCount,
    tracing: {
      openTracingSpanContext: '',
      openTracingSpanBaggages: {},
      jaegerEndpoint: '',
    },
  };
}
