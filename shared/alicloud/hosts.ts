/** Hosts of the vendor's services. Sources: the endpoint pages of RAM, STS and Simple Message Queue. */
export const RAM_HOST = 'ram.aliyuncs.com';

export const stsHost = (region: string): string => `sts.${region}.aliyuncs.com`;

export const regionalHost = (pattern: string, region: string): string => pattern.replace('<region>', region);

export const mnsEndpoint = (uid: string, region: string): string =>
  `https://${uid}.mns.${region}.aliyuncs.com`;
