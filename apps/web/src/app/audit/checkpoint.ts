/** How many records a C2SP signed note says the log has: its second line; null: it is none. */
export function checkpointSize(note: string | null): number | null {
  const line = note?.split('\n')[1] ?? '';
  return /^[1-9][0-9]{0,15}$|^0$/.test(line) ? Number(line) : null;
}
