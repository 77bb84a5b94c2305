import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import type { Role } from '#dto';
import { ROLES, SESSION_PATTERN } from '../../config/sections.js';
import { TOKEN_DAYS_MAX } from './new-access-token.js';

/** Body of `POST /api/tokens`. */
export class CreateAccessTokenDto {
  @IsString()
  @Length(1, 64)
  readonly name: string = '';

  /** At most; absent: the role of who makes it. */
  @ValidateIf(isGiven('role'))
  @IsIn(ROLES)
  readonly role?: Role;

  @ValidateIf(isGiven('readOnly'))
  @IsBoolean()
  readonly readOnly?: boolean;

  /** Patterns of session names; absent or null: all that who makes it sees. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(64)
  @Matches(SESSION_PATTERN, { each: true })
  readonly sessions?: readonly string[] | null;

  /** null: never; absent: 90. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(TOKEN_DAYS_MAX)
  readonly expiresInDays?: number | null;
}

function isGiven(name: 'role' | 'readOnly'): (dto: CreateAccessTokenDto) => boolean {
  return (dto) => dto[name] !== undefined;
}
