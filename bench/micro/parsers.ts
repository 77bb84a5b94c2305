import type { Work } from './measure.ts';
import type { Subject } from './subject.ts';

const PANES = [1, 16, 64];
const LINES: Readonly<Record<string, string>> = {
  'a plain command': 'select-pane -t %1',
  'a command line': 'split-window -h -l 40% -c "#{pane_current_path}" ; select-layout tiled',
  'nested commands': 'if-shell -F "#{window_zoomed_flag}" { resize-pane -Z } { select-pane -L }',
};

/** Works on what comes now and then: layouts, and judging what somebody asks tmux for. */
export function parserWorks(subject: Subject): readonly Work[] {
  return [...layoutWorks(subject), ...policyWorks(subject)];
}

function layoutWorks({ name: build, parseLayout, layoutChecksum }: Subject): readonly Work[] {
  return PANES.map((panes) => {
    const body = layoutOf(panes);
    const layout = `${layoutChecksum(body).toString(16).padStart(4, '0')},${body}`;
    return {
      name: `layout of ${String(panes)} panes|${build}`,
      unit: 'op',
      amount: 1,
      run: () => void parseLayout(layout),
    };
  });
}

/** Columns of at most eight panes, side by side. */
function layoutOf(panes: number): string {
  if (panes === 1) return '200x50,0,0,0';
  const columns: string[] = [];
  for (let first = 0; first < panes; first += 8) {
    const rows = Array.from(
      { length: Math.min(8, panes - first) },
      (_, row) => `24x5,${String(first * 3)},${String(row * 6)},${String(first + row)}`,
    );
    columns.push(`24x50,${String(first * 3)},0[${rows.join(',')}]`);
  }
  return `200x50,0,0{${columns.join(',')}}`;
}

function policyWorks(subject: Subject): readonly Work[] {
  const { name: build, parseCommandLine, judge, BUILT_IN_POLICIES } = subject;
  return Object.entries(LINES).map(([what, line]) => ({
    name: `judging ${what}|${build}`,
    unit: 'op',
    amount: 1,
    run: () => void judge(parseCommandLine(line), BUILT_IN_POLICIES.operator, { kind: 'all' }),
  }));
}
