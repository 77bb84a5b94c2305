import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { run } from '../tools/runtime/run.mjs';
import { findChromium } from '../tools/setup/chromium.mjs';
import { auditTable, measureAudit } from './audit.ts';
import type { AuditFigure } from './audit.ts';
import { commandTable, measureCommands } from './audit-commands.ts';
import type { CommandCost } from './audit-commands.ts';
import { measureEcho } from './echo.ts';
import { measureFlood, writeLog } from './flood.ts';
import { table } from './report.ts';
import type { Measured } from './report.ts';
import { waitForText } from './screen.ts';
import type { Surroundings, Target } from './target.ts';
import { startTmuxy } from './tmuxy.ts';
import { startWetty } from './wetty.ts';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '300' },
    megabytes: { type: 'string', default: '50' },
    json: { type: 'string' },
    'no-peers': { type: 'boolean', default: false },
    audit: { type: 'boolean', default: false },
  },
});
const keys = Number(values.keys);
const megabytes = Number(values.megabytes);

/** Every target gets a tmux server, a browser window and a folder of its own. */
async function measure(
  browser: Browser,
  start: (surroundings: Surroundings) => Promise<Target>,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'tmuxy-bench-'));
  const socket = join(folder, 'tmux.sock');
  // sh reads the file that ENV names, and its prompt nowhere else.
  const profile = join(folder, 'profile');
  await writeFile(profile, "PS1='bench$ '\n");
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ENV: profile };
  const tmux = ['-u', '-S', socket, '-f', '/dev/null', 'new-session', '-d', '-s', 'main', 'sh'];
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    const log = join(folder, 'log');
    await writeLog(log, megabytes * 1_000_000);
    const { code, output } = await run('tmux', tmux, { env });
    if (code !== 0) throw new Error(`tmux did not start: ${output}`);
    const target = await start({ folder, socket, env });
    try {
      console.error(`measuring ${target.name} …`);
      const open = await target.open(page);
      await waitForText(open, 'bench$');
      const echo = await measureEcho(open, keys);
      const floodMs = await measureFlood(open, log);
      const floodMegabytesPerSecond = (megabytes * 1000) / floodMs;
      return { name: target.name, echo, floodMs, floodMegabytesPerSecond };
    } finally {
      await target.close();
    }
  } finally {
    await page.close();
    await run('tmux', ['-S', socket, 'kill-server'], { env });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What people see and feel, in a browser. */
async function measureInBrowser(): Promise<readonly Measured[]> {
  const browser = await chromium.launch({
    ...findChromium(),
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  // Without a browser every step fails, and each ends what it started.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void browser.close());
  try {
    const measured = [await measure(browser, startTmuxy)];
    if (!values['no-peers']) {
      const peer = await measure(browser, startWetty).catch((error: unknown) => {
        console.error(
          `WeTTY is not measured: ${error instanceof Error ? error.message : 'failed'}`,
        );
      });
      if (peer) measured.push(peer);
    }
    console.log(table(measured));
    return measured;
  } finally {
    await browser.close();
  }
}

/** What recording costs, without a browser. */
async function measureRecording(): Promise<readonly (AuditFigure | CommandCost)[]> {
  const figures = await measureAudit();
  console.log(auditTable(figures));
  const costs = await measureCommands();
  console.log(commandTable(costs));
  return [...figures, ...costs];
}

const result = values.audit ? await measureRecording() : await measureInBrowser();
if (values.json) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
