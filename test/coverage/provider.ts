import v8 from '@vitest/coverage-v8';
import { addHits, type Counted } from './add-hits.ts';
import { keepBuilt, takeBuilt } from './built.ts';

/**
 * Vitest's own coverage, which sees what Vitest has transformed, with what V8 counted in the built functions added: the
 * local cloud evaluates them in the same processes.
 */
export default {
  ...v8,
  async takeCoverage(...options: Parameters<NonNullable<typeof v8.takeCoverage>>) {
    const taken = await v8.takeCoverage?.(...options);
    await keepBuilt(taken);
    return taken;
  },
  async getProvider() {
    const provider = await v8.getProvider();
    // By its name the processes that run tests know which module to ask.
    provider.name = 'custom';
    const generate = provider.generateCoverage.bind(provider);
    provider.generateCoverage = async (context) => {
      const counted = (await generate(context)) as Counted;
      addHits(counted, await takeBuilt());
      return counted;
    };
    return provider;
  },
} satisfies typeof v8;
