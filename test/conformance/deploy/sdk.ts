import { createRequire } from 'node:module';
import type fc20230330 from '@alicloud/fc20230330';
import type openapi from '@alicloud/openapi-core';
import type OSS from 'ali-oss';
import type { Ready } from '../../../local/ready.ts';
import type { Keys } from '../clients.ts';
import type { Api, Body, Operation } from './tool.ts';

const load = createRequire(import.meta.url);
const fc = load('@alicloud/fc20230330') as typeof fc20230330;
const core = load('@alicloud/openapi-core') as typeof openapi;
const Oss = load('ali-oss') as typeof OSS;

interface TempBucket {
  getTempBucketToken(): Promise<{
    readonly data: {
      readonly credentials: Readonly<Record<'AccessKeyId' | 'AccessKeySecret' | 'SecurityToken', string>>;
      readonly ossBucket: string;
      readonly objectName: string;
    };
  }>;
}

/**
 * Function Compute through `@alicloud/fc20230330`, and uploads as the component makes them, with `@alicloud/fc2`
 * and `ali-oss`.
 */
export function sdkApi(
  { region, owner, oss }: Pick<Ready, 'region' | 'owner' | 'oss'>,
  keys: Keys = owner,
): Api {
  const { host } = new URL(owner.endpoint);
  const client = new fc.default(
    new core.$OpenApiUtil.Config({ ...keys, endpoint: host, protocol: 'http', readTimeout: 30_000 }),
  );
  const calls: Record<Operation, (names: readonly string[], body: Body) => Promise<object>> = {
    GetFunction: ([f = '']) => client.getFunction(f, new fc.GetFunctionRequest({})),
    CreateFunction: (_, body) =>
      client.createFunction(new fc.CreateFunctionRequest({ body: new fc.CreateFunctionInput(body) })),
    UpdateFunction: ([f = ''], body) =>
      client.updateFunction(f, new fc.UpdateFunctionRequest({ body: new fc.UpdateFunctionInput(body) })),
    DeleteFunction: ([f = '']) => client.deleteFunction(f),
    GetTrigger: ([f = '', t = '']) => client.getTrigger(f, t),
    CreateTrigger: ([f = ''], body) =>
      client.createTrigger(f, new fc.CreateTriggerRequest({ body: new fc.CreateTriggerInput(body) })),
    UpdateTrigger: ([f = '', t = ''], body) =>
      client.updateTrigger(f, t, new fc.UpdateTriggerRequest({ body: new fc.UpdateTriggerInput(body) })),
    DeleteTrigger: ([f = '', t = '']) => client.deleteTrigger(f, t),
    ListTriggers: ([f = '']) => client.listTriggers(f, new fc.ListTriggersRequest({ limit: 10 })),
    GetAsyncInvokeConfig: ([f = '']) =>
      client.getAsyncInvokeConfig(f, new fc.GetAsyncInvokeConfigRequest({ qualifier: 'LATEST' })),
    PutAsyncInvokeConfig: ([f = ''], body) =>
      client.putAsyncInvokeConfig(
        f,
        new fc.PutAsyncInvokeConfigRequest({
          qualifier: 'LATEST',
          body: new fc.PutAsyncInvokeConfigInput(body),
        }),
      ),
    DeleteAsyncInvokeConfig: ([f = '']) =>
      client.deleteAsyncInvokeConfig(f, new fc.DeleteAsyncInvokeConfigRequest({ qualifier: 'LATEST' })),
    ListAsyncInvokeConfigs: ([f = '']) =>
      client.listAsyncInvokeConfigs(new fc.ListAsyncInvokeConfigsRequest({ functionName: f })),
    GetConcurrencyConfig: ([f = '']) => client.getConcurrencyConfig(f),
    PutConcurrencyConfig: ([f = ''], body) =>
      client.putConcurrencyConfig(
        f,
        new fc.PutConcurrencyConfigRequest({ body: new fc.PutConcurrencyInput(body) }),
      ),
    DeleteConcurrencyConfig: ([f = '']) => client.deleteConcurrencyConfig(f),
  };
  return {
    async call(operation, names, body = {}) {
      try {
        return bodyOf(await calls[operation](names, body));
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async upload(zip) {
      const { credentials, ossBucket, objectName } = (await tempBucket(owner, region, keys)).data;
      const ossObjectName = `${owner.uid}/${objectName}`;
      const client = new Oss({
        accessKeyId: credentials.AccessKeyId,
        accessKeySecret: credentials.AccessKeySecret,
        stsToken: credentials.SecurityToken,
        bucket: ossBucket,
        endpoint: oss,
        // As the component does, which never needs it: without one the client warns.
        refreshSTSToken: () => Promise.reject(new Error('the upload took too long')),
        refreshSTSTokenInterval: 1_800_000,
      });
      await client.put(ossObjectName, zip);
      return { ossBucketName: ossBucket, ossObjectName };
    },
  };
}

function tempBucket({ uid, endpoint }: Ready['owner'], region: string, keys: Keys) {
  const Client = load('@alicloud/fc2') as new (uid: string, options: object) => TempBucket;
  const { accessKeyId: accessKeyID, ...others } = keys;
  return new Client(uid, { accessKeyID, ...others, region, endpoint }).getTempBucketToken();
}

/** The models of the SDK as what they carry; what was deleted has no body. */
const bodyOf = (answer: object): Body => ('body' in answer ? JSON.parse(JSON.stringify(answer.body)) : {});

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
}
