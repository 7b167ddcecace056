// Before any SDK is loaded, and so before `debug` reads its variable: a bundle runs its own code after its imports.
import '../shared/alicloud/silence-debug.ts';

const { main } = await import('./main.ts');
await main(process.argv);
