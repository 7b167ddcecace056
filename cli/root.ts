import { fileURLToPath } from 'node:url';

/** The installed package: where `s.yaml` and `dist/` lie. Built, this file is two folders below it. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
