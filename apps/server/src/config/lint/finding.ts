/** Something about the configuration that somebody should know before others use the server. */
export interface Finding {
  /**
   * `refused`: the server does not start so. `warning`: it starts and says so each time, because a control is
   * relaxed or a setting does not do what it seems to.
   */
  readonly level: 'refused' | 'warning';
  /** The setting to change, as in `tmuxy.yaml`: `trustedProxies`, `policy.operator.allow[0]`. */
  readonly key: string;
  /** What is wrong and what could happen. Never holds a secret. */
  readonly message: string;
  /** What to do, exactly. */
  readonly fix: string;
}

export function refused(key: string, message: string, fix: string): Finding {
  return { level: 'refused', key, message, fix };
}

export function warning(key: string, message: string, fix: string): Finding {
  return { level: 'warning', key, message, fix };
}

/** One line: `trustedProxies: believes everybody. Fix: …` */
export function formatFinding({ key, message, fix }: Finding): string {
  return `${key}: ${message}. Fix: ${fix}`;
}
