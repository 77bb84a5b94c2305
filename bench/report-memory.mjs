// Loaded into the server by `--import`, where its memory is judged: collects garbage when it is asked
// to by a signal, and writes down what is left. What RSS shows depends on when that was done last.
import { renameSync, writeFileSync } from 'node:fs';

const file = process.env['BENCH_MEMORY_FILE'];

process.on('SIGUSR2', () => {
  if (file === undefined) return;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(`${file}.new`, String(heapUsed + external));
  renameSync(`${file}.new`, file);
});
