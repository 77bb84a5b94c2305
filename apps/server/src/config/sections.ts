// The decorators below need it, whoever is loaded first.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { Role } from '#dto';

/** Roles from the least to the most rights. */
export const ROLES = ['viewer', 'operator', 'admin'] as const satisfies readonly Role[];

/** A pattern of session names: `*` any characters, `?` one, everything else itself. */
export const SESSION_PATTERN = /^[^\p{Cc}:.]{1,64}$/u;
const LIST_MAX = 256;

/** What holds for everybody of one role; narrows what an identity may, never widens it. */
export class RoleSection {
  @IsOptional()
  @IsBoolean()
  readonly readOnly?: boolean;

  /** Patterns of the sessions this role may see; absent: all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @Matches(SESSION_PATTERN, { each: true, message: 'must be patterns of session names' })
  readonly sessions?: readonly string[];
}

/** Rights by role. */
export class RolesSection {
  @IsOptional()
  @ValidateNested()
  @Type(() => RoleSection)
  readonly viewer?: RoleSection;

  @IsOptional()
  @ValidateNested()
  @Type(() => RoleSection)
  readonly operator?: RoleSection;

  @IsOptional()
  @ValidateNested()
  @Type(() => RoleSection)
  readonly admin?: RoleSection;
}

/** What members of a group (of the reverse proxy or the OIDC provider) get. The first that fits counts. */
export class GroupSection extends RoleSection {
  /** Name of the group, or `*` for everybody who was let in. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  readonly group: string = '';

  @IsIn(ROLES)
  readonly role: Role = 'viewer';
}

/** Where the OIDC provider is and who we are to it (OpenID Connect Core 1.0). */
export class OidcSection {
  /** Issuer identifier; its `.well-known/openid-configuration` is read at the first sign-in. */
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  readonly issuer: string = '';

  @IsString()
  @IsNotEmpty()
  readonly clientId: string = '';

  /** File with the client's secret; absent: a public client (PKCE protects both). */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly clientSecretFile?: string;

  /** Shown on the sign-in button. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly label?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsString({ each: true })
  readonly scopes?: readonly string[];

  /** Claim of the ID token that names the person. */
  @IsOptional()
  @IsString()
  readonly nameClaim?: string;

  /** Claim of the ID token that lists groups. */
  @IsOptional()
  @IsString()
  readonly groupsClaim?: string;
}

/** One line of a policy: what it is about. At least one of the three is given; all given must fit. */
export class PolicyRuleSection {
  /** Full name of a tmux command. */
  @IsOptional()
  @Matches(/^[a-z]+(?:-[a-z]+)*$/, { message: 'must be the full name of a tmux command' })
  readonly command?: string;

  /** A letter of that command's flags. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9]$/, { message: 'must be one letter' })
  readonly flag?: string;

  /** An effect of docs/command-policy.md. */
  @IsOptional()
  @IsString()
  readonly effect?: string;
}

/** What one role may run beyond, or less than, what is built in. `deny` wins. */
export class RolePolicySection {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @ValidateNested({ each: true })
  @Type(() => PolicyRuleSection)
  readonly allow?: readonly PolicyRuleSection[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @ValidateNested({ each: true })
  @Type(() => PolicyRuleSection)
  readonly deny?: readonly PolicyRuleSection[];
}

/** The command policy by role. Viewers run no commands, whatever is written. */
export class PolicySection {
  @IsOptional()
  @ValidateNested()
  @Type(() => RolePolicySection)
  readonly operator?: RolePolicySection;

  @IsOptional()
  @ValidateNested()
  @Type(() => RolePolicySection)
  readonly admin?: RolePolicySection;
}
