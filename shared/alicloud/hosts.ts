/** Hosts of the vendor's services. Sources: the endpoint pages of RAM, STS and Simple Message Queue. */
export const RAM_HOST = 'ram.aliyuncs.com';

export const stsHost = (region: string): string => `sts.${region}.aliyuncs.com`;

export const regionalHost = (pattern: string, region: string): string => pattern.replace('<region>', region);

export const mnsEndpoint = (uid: string, region: string): string =>
  `https://${uid}.mns.${region}.aliyuncs.com`;

/** Source: "Endpoints" of Function Compute 3.0. */
export const fcEndpoint = (uid: string, region: string): string => `https://${uid}.${region}.fc.aliyuncs.com`;

/** Source: "Endpoints" of Data Management. */
export const dmsHost = (region: string): string => `dms-enterprise.${region}.aliyuncs.com`;

/** The control API of Simple Message Queue. Source: the vendor's list of products (`aliyun-openapi-meta`). */
export const mnsOpenHost = (region: string): string => `mns-open.${region}.aliyuncs.com`;
