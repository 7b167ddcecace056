import { type FcOperation, jsonAnswer } from '../operation.ts';

/**
 * Where the code of a function can be uploaded to, and keys for just that. The official tool asks it of API 2016-08-15;
 * no page of 3.0 has it. The client puts its UID and a slash before `objectName`.
 */
export const getTempBucketToken: FcOperation = {
  name: 'GetTempBucketToken',
  kind: 'read',
  page: 'GetTempBucketToken (in the source of @alicloud/fc2)',
  method: 'GET',
  path: '/tempBucketToken',
  version: '2016-08-15',
  resource: '*',
  run: (call) => {
    const { credentials, bucket, object } = call.world.uploads.token(call.account.uid);
    const { accessKeyId, accessKeySecret, securityToken, expiration } = credentials;
    return jsonAnswer(call, {
      credentials: {
        AccessKeyId: accessKeyId,
        AccessKeySecret: accessKeySecret,
        SecurityToken: securityToken,
        Expiration: expiration,
      },
      ossBucket: bucket,
      objectName: object.slice(object.indexOf('/') + 1),
    });
  },
};
