import { randomStream, type WeatherOptions } from '../../local/cloud/weather.ts';
import type { LocalCloudOptions } from '../../local/local-cloud-options.ts';
import { globalsOf } from '../../local/testing/globals.ts';
import { VirtualClock } from '../../local/testing/virtual-clock.ts';
import { type TestCloud, testCloud } from './test-cloud.ts';

/** The built functions in any weather, everything on one virtual clock: hours pass in no time, and a seed repeats a run. */
export async function weatherCloud(
  weather: WeatherOptions,
  more: (clock: VirtualClock) => Partial<LocalCloudOptions> = () => ({}),
): Promise<TestCloud & { readonly clock: VirtualClock }> {
  const clock = new VirtualClock();
  const globals = globalsOf(clock, randomStream(weather.seed ?? 1, 'bundles'));
  const cloud = await testCloud({ clock, deadlines: clock, globals, weather, ...more(clock) });
  return {
    ...cloud,
    clock,
    send: (body) => clock.during(cloud.send(body)),
    ask: (body) => clock.during(cloud.ask(body)),
    replies: () => clock.during(cloud.replies()),
  };
}
