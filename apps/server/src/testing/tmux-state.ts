import { type TmuxServer, waitFor } from '#testing';

/** Everything of a tmux that somebody could have changed, as text that can be compared. */
export async function tmuxState(tmux: TmuxServer): Promise<string> {
  const panes = (await tmux.run('list-panes', '-a', '-F', '#{pane_id}')).trim().split('\n');
  const asked: readonly (readonly string[])[] = [
    ['list-sessions', '-F', '#{session_id} #{session_name} #{session_windows} #{session_group}'],
    [
      'list-windows',
      '-a',
      '-F',
      '#{session_id} #{window_id} #{window_index} #{window_name} #{window_flags} #{window_layout}',
    ],
    [
      'list-panes',
      '-a',
      '-F',
      '#{session_id} #{pane_id} #{pane_width}x#{pane_height} #{pane_title} #{pane_active} #{pane_mode} #{pane_pid} #{pane_dead} #{pane_input_off} #{pane_pipe} #{history_size} #{pane_marked}',
    ],
    ...['-s', '-g', '-gw'].map((table) => ['show-options', table]),
    ['show-hooks', '-g'],
    ['list-keys'],
    ['list-buffers'],
    ['show-environment', '-g'],
    ...panes.map((pane) => ['show-options', '-p', '-t', pane]),
    ...panes.map((pane) => ['show-options', '-w', '-t', pane]),
    ...panes.map((pane) => ['show-options', '-t', pane]),
    ...panes.map((pane) => ['show-environment', '-t', pane]),
    ...panes.map((pane) => ['capture-pane', '-p', '-e', '-S', '-', '-t', pane]),
  ];
  const answers: string[] = [];
  for (const words of asked) answers.push(`$ ${words.join(' ')}\n${await tmux.run(...words)}`);
  return answers.join('');
}

/** Waits until every shell has shown its prompt and its window is named after it; until then tmux changes by itself. */
export async function settled(tmux: TmuxServer): Promise<void> {
  await waitFor(
    async () => {
      const panes = await tmux.run('list-panes', '-a', '-F', '#{pane_id} #{window_name}');
      const rows = panes.trim().split('\n');
      if (rows.some((row) => row.endsWith(' tmux'))) return undefined;
      for (const row of rows) {
        const [pane = ''] = row.split(' ');
        if (!(await tmux.run('capture-pane', '-p', '-t', pane)).includes('$')) return undefined;
      }
      return true;
    },
    { what: 'the shells to be ready', timeoutMs: 15_000 },
  );
}
