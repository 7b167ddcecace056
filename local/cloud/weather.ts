export { ConnectionLost } from './weather/connection-lost.ts';
export type { Chance, Fault, FaultKind, WeatherCall } from './weather/fault.ts';
export type { KillOrder } from './weather/kills.ts';
export type { LatencyRange, MessageOptions, WeatherOptions } from './weather/options.ts';
export type { Outage } from './weather/outage.ts';
export { publishedQuotas, type Quota } from './weather/quota.ts';
export { randomStream } from './weather/random.ts';
export { Weather } from './weather/weather.ts';
