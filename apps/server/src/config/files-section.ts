// The decorators below need it, whoever is loaded first.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Role } from '#dto';
import { ROLES } from './sections.js';

const LIST_MAX = 256;

/** A directory that people may look into. */
export class FileRootSection {
  @Matches(/^\/[^\p{Cc}]+$/u, { message: 'must be an absolute path, and not / itself' })
  readonly path: string = '';

  /** What to call it; absent: the last part of its path. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly name?: string;

  /** Who may look into it; absent: everybody who is signed in. */
  @IsOptional()
  @IsArray()
  @IsIn(ROLES, { each: true })
  readonly roles?: readonly Role[];

  /** Whether directories of it that are other file systems may be entered. */
  @IsOptional()
  @IsBoolean()
  readonly mounts?: boolean;
}

/** Which files can be looked at. What is absent is as {@link FILES_DEFAULTS} says. */
export class FilesSection {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @ValidateNested({ each: true })
  @Type(() => FileRootSection)
  readonly roots?: readonly FileRootSection[];

  /** Whether the working directories of the panes somebody can see are roots for them. */
  @IsOptional()
  @IsBoolean()
  readonly sessionCwd?: boolean;

  /** Whether operators and admins may put files there. */
  @IsOptional()
  @IsBoolean()
  readonly upload?: boolean;

  /** Whether names that begin with a full stop are there. */
  @IsOptional()
  @IsBoolean()
  readonly dotfiles?: boolean;

  /** Patterns of names that nobody gets, besides those that are built in. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @Matches(/^[^/\p{Cc}]{1,255}$/u, { each: true, message: 'must be patterns of names, without /' })
  readonly denyNames?: readonly string[];

  /** Whether files with a second name (hard link), which may lie outside, are given. */
  @IsOptional()
  @IsBoolean()
  readonly hardLinks?: boolean;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly maxBytes?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly uploadMaxBytes?: number;
}

/** What holds of files where nobody says otherwise: none can be looked at. */
export const FILES_DEFAULTS = {
  roots: [],
  sessionCwd: false,
  upload: false,
  dotfiles: false,
  denyNames: [],
  hardLinks: false,
  maxBytes: 64 * 1024 * 1024,
  uploadMaxBytes: 100 * 1024 * 1024,
} as const satisfies Readonly<Partial<Record<keyof FilesSection, unknown>>>;
