const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** How long before `nowMs` an ISO 8601 time was, in the largest whole unit: `3 hours ago`. */
export function ago(iso: string, nowMs: number): string {
  const passedMs = nowMs - Date.parse(iso);
  const step = STEPS.find(({ ms }) => passedMs >= ms);
  if (step === undefined) return 'just now';
  const count = Math.floor(passedMs / step.ms);
  return `${String(count)} ${step.unit}${count === 1 ? '' : 's'} ago`;
}
