import type { Figure } from './figures.ts';
import { measureHistory } from './growth/history.ts';
import { measurePanes } from './growth/panes.ts';
import { measureBytes } from './measure/bytes.ts';
import { measureEcho } from './measure/echo.ts';
import { measureFlood } from './measure/flood.ts';
import { measureInterrupt } from './measure/interrupt.ts';
import { measureLimits } from './measure/limits.ts';
import { measureLoad } from './measure/load.ts';
import { measureMemory } from './measure/memory.ts';
import { measureNetwork } from './measure/network.ts';
import { measureReconnect } from './measure/reconnect.ts';
import { measureViewers } from './measure/viewers.ts';
import type { Named } from './options.ts';
import type { Bench } from './stage.ts';

export interface Measurement extends Named {
  readonly about: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
}

/** All there are, in the order they run. */
export const MEASUREMENTS: readonly Measurement[] = [
  {
    name: 'limits',
    about: 'what tmux alone needs for the flood',
    isStandard: true,
    run: measureLimits,
  },
  {
    name: 'load',
    about: 'page load to the rendered prompt',
    isStandard: true,
    run: measureLoad,
  },
  {
    name: 'echo',
    about: 'keydown to rendered echo',
    isStandard: true,
    run: measureEcho,
  },
  {
    name: 'flood',
    about: 'a large file until its last line is rendered',
    isStandard: true,
    run: measureFlood,
  },
  {
    name: 'interrupt',
    about: 'Ctrl-C under endless output to the rendered prompt',
    isStandard: true,
    run: measureInterrupt,
  },
  {
    name: 'viewers',
    about: 'many viewers of a session that prints 2,000 lines/s',
    isStandard: true,
    run: measureViewers,
  },
  {
    name: 'memory',
    about: 'memory over 1,000 connects, and with a viewer that never reads',
    isStandard: true,
    run: measureMemory,
  },
  {
    name: 'reconnect',
    about: 'the network back to the exact screen',
    isStandard: true,
    run: measureReconnect,
  },
  {
    name: 'bytes',
    about: 'what is sent to the browser',
    isStandard: false,
    run: measureBytes,
  },
  {
    name: 'network',
    about: 'keydown to rendered echo over slow and lossy networks',
    isStandard: false,
    run: measureNetwork,
  },
  {
    name: 'panes',
    about: 'a session of 1 to 64 panes',
    isStandard: false,
    run: measurePanes,
  },
  {
    name: 'history',
    about: 'joining a pane with 1,000 to 500,000 lines of history',
    isStandard: false,
    run: measureHistory,
  },
];
