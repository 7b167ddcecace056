import { fileURLToPath } from 'node:url';

/** The installed package: where `s.yaml` and `dist/` lie. Built, this file is two folders below it; the source is one. */
const above = import.meta.url.endsWith('.ts') ? '..' : '../..';
export const packageRoot = fileURLToPath(new URL(above, import.meta.url));
