import {
  IsHexadecimal,
  IsIn,
  IsBoolean,
  IsInt,
  IsString,
  Length,
  validateSync,
} from 'class-validator';
import type { Role } from '#dto';

const ROLES = ['viewer', 'operator', 'admin'] as const satisfies readonly Role[];

/** One sign-in as it is stored. Times are milliseconds since 1970. */
export class SignInRecord {
  @IsHexadecimal()
  @Length(24, 24)
  readonly id: string;

  /** SHA-256 of the cookie's secret, in hex. */
  @IsHexadecimal()
  @Length(64, 64)
  readonly digest: string;

  @IsString()
  readonly name: string;

  @IsIn(ROLES)
  readonly role: Role;

  @IsBoolean()
  readonly readOnly: boolean;

  @IsInt()
  readonly createdAt: number;

  constructor(values: Readonly<SignInRecord>) {
    this.id = values.id;
    this.digest = values.digest;
    this.name = values.name;
    this.role = values.role;
    this.readOnly = values.readOnly;
    this.createdAt = values.createdAt;
  }
}

/** Reads what {@link formatRecords} wrote. @returns undefined when it is something else */
export function parseRecords(text: string): readonly SignInRecord[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the caller says so.
  }
  if (typeof value !== 'object' || value === null || !('signIns' in value)) return undefined;
  if (!Array.isArray(value.signIns)) return undefined;
  const records: SignInRecord[] = [];
  for (const item of value.signIns as unknown[]) {
    if (typeof item !== 'object' || item === null) return undefined;
    const record = new SignInRecord(item as Readonly<SignInRecord>);
    if (validateSync(record).length > 0) return undefined;
    records.push(record);
  }
  return records;
}

export function formatRecords(records: Iterable<SignInRecord>): string {
  return `${JSON.stringify({ version: 1, signIns: [...records] }, null, 1)}\n`;
}
