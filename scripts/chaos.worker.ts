/** The process of its own in which a scenario runs. */
import '../test/chaos/worker.ts';
