import { writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { run } from '../tools/runtime/run.mjs';
import { findChromium } from '../tools/setup/chromium.mjs';
import { auditTable, measureAudit } from './audit.ts';
import { commandTable, measureCommands } from './audit-commands.ts';
import { judge } from './bars.ts';
import { withCleanup } from './cleanup.ts';
import type { Cleanup } from './cleanup.ts';
import type { Figure } from './figures.ts';
import { MEASUREMENTS } from './measurements.ts';
import { parseOptions } from './options.ts';
import type { Options } from './options.ts';
import { measurementTable, verdictTable } from './report.ts';
import type { Bench } from './stage.ts';

/** What people see and feel, beside the peers. */
async function measureAll(options: Options, cleanup: Cleanup): Promise<boolean> {
  let launched: Promise<Browser> | undefined;
  const bench: Bench = {
    options,
    cleanup,
    browser: () => (launched ??= launch(cleanup)),
  };
  const figures: Figure[] = [];
  const failed: string[] = [];
  const begunAt = new Date();
  for (const name of options.names) {
    const measurement = MEASUREMENTS.find((one) => one.name === name);
    if (!measurement) continue;
    console.error(`${name}: ${measurement.about} …`);
    try {
      const measured = await measurement.run(bench);
      figures.push(...measured);
      console.log(`\n${name}: ${measurement.about}\n\n${measurementTable(measured)}\n`);
    } catch (error) {
      if (cleanup.isEnded) return false;
      // The others are worth having all the same.
      failed.push(name);
      console.error(`${name} could not be measured:`, error);
    }
  }
  const verdicts = judge(figures);
  console.log(`\n${verdictTable(verdicts)}`);
  if (failed.length > 0) console.log(`\ncould not be measured: ${failed.join(', ')}`);
  if (options.json !== undefined) {
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release() };
    const tmux = (await run('tmux', ['-V'])).output.trim();
    const seconds = (Date.now() - begunAt.getTime()) / 1000;
    const result = { begunAt, seconds, machine, tmux, options, figures, verdicts, failed };
    await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  }
  return failed.length === 0;
}

async function launch(cleanup: Cleanup): Promise<Browser> {
  const browser = await chromium.launch({
    ...findChromium(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  cleanup.add(() => browser.close());
  return browser;
}

/** What recording costs, without a browser. */
async function measureRecording({ json }: Options): Promise<void> {
  const figures = await measureAudit();
  console.log(auditTable(figures));
  const costs = await measureCommands();
  console.log(commandTable(costs));
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify([...figures, ...costs], null, 2)}\n`);
  }
}

function optionsOf(args: readonly string[]): Options | undefined {
  try {
    return parseOptions(args, MEASUREMENTS);
  } catch (error) {
    // A mistyped flag needs no stack.
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

const options = optionsOf(process.argv.slice(2));
if (!options) process.exitCode = 2;
else if (options.audit) await measureRecording(options);
else {
  await withCleanup(async (cleanup) => {
    if (!(await measureAll(options, cleanup))) process.exitCode = 1;
  });
}
