// The decorators below need it, whoever is loaded first.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const ABSOLUTE_PATH = /^\/[^\p{Cc}]*$/u;
const PATH_MESSAGE = { message: 'must be an absolute path' };

/** Where signed checkpoints of the audit log are sent, so that cutting the log off later shows. */
export class AuditAnchorsSection {
  /** A file they are added to; best on another machine's disk. */
  @IsOptional()
  @Matches(ABSOLUTE_PATH, PATH_MESSAGE)
  readonly file?: string;

  /** Whether they go to the system's journal, by `systemd-cat` or `logger`. */
  @IsOptional()
  @IsBoolean()
  readonly journal?: boolean;

  /** Address they are sent to by POST. */
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true, require_tld: false })
  readonly https?: string;

  /** Certificates (PEM) that vouch for it, instead of the system's. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly httpsCaFile?: string;

  /** File whose first line is sent as `Authorization: Bearer …`. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly httpsTokenFile?: string;
}

export const AUDIT_INPUT_MODES = ['metadata', 'full'] as const;
export type AuditInputMode = (typeof AUDIT_INPUT_MODES)[number];

export const AUDIT_SYNC_MODES = ['each', 'group', 'never'] as const;
export type AuditSyncMode = (typeof AUDIT_SYNC_MODES)[number];

/** The audit log. What is absent is as {@link AUDIT_DEFAULTS} says. */
export class AuditSection {
  /** Directory of the log; absent: `<stateDir>/audit`. */
  @IsOptional()
  @Matches(ABSOLUTE_PATH, PATH_MESSAGE)
  readonly dir?: string;

  /** Whether what cannot be recorded is refused. */
  @IsOptional()
  @IsBoolean()
  readonly required?: boolean;

  /** `metadata`: who typed how many bytes where. `full`: what they typed as well, known secrets masked. */
  @IsOptional()
  @IsIn(AUDIT_INPUT_MODES)
  readonly input?: AuditInputMode;

  /** When records are forced to the disk: each by itself, those of a moment together, or when the system likes. */
  @IsOptional()
  @IsIn(AUDIT_SYNC_MODES)
  readonly sync?: AuditSyncMode;

  /** Size at which a segment is closed and the next begun. */
  @IsOptional()
  @IsInt()
  @Min(64 * 1024)
  @Max(1024 * 1024 * 1024)
  readonly segmentBytes?: number;

  /** Days after which closed segments are deleted; 0: never. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly keepDays?: number;

  /** Free space of the log's disk, in MiB, below which nothing more is recorded. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1024 * 1024)
  readonly stopFreeMiB?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly checkpointSeconds?: number;

  /** Private key (PEM, Ed25519) that signs checkpoints; absent: `<stateDir>/audit-key.pem`, made at the first start. */
  @IsOptional()
  @Matches(ABSOLUTE_PATH, PATH_MESSAGE)
  readonly signingKeyFile?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => AuditAnchorsSection)
  readonly anchors?: AuditAnchorsSection;
}

/** What holds of the audit log where nobody says otherwise. */
export const AUDIT_DEFAULTS = {
  required: true,
  input: 'metadata',
  sync: 'group',
  segmentBytes: 16 * 1024 * 1024,
  keepDays: 0,
  stopFreeMiB: 64,
  checkpointSeconds: 60,
} as const satisfies Readonly<Partial<Record<keyof AuditSection, unknown>>>;
