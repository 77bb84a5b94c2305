const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/** A size for people: `512 bytes`, `1.4 MB`. */
export function byteSize(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  // 1023.95 would be rounded to 1024.0 of the smaller unit.
  while (amount >= STEP - 0.05 && unit < UNITS.length - 1) {
    amount /= STEP;
    unit++;
  }
  const digits = unit === 0 || amount >= 99.95 ? 0 : 1;
  const name = bytes === 1 ? 'byte' : (UNITS[unit] ?? '');
  return `${amount.toFixed(digits)} ${name}`;
}
