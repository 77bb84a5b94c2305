import { plainToInstance } from 'class-transformer';
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
import { NAME_MAX_LENGTH } from '#dto/constants';
import { AuditSection } from './audit-section.js';
import { FilesSection } from './files-section.js';
import {
  GroupSection,
  OidcSection,
  PolicySection,
  RolesSection,
  SESSION_PATTERN,
} from './sections.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['pretty', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const AUTH_MODES = ['required', 'none'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

export const TLS_PROFILES = ['intermediate', 'modern'] as const;
export type TlsProfile = (typeof TLS_PROFILES)[number];

/** Scheme, host and port as browsers write them in `Origin` (RFC 6454 §6.2). */
const ORIGIN = /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;
const HEADER_NAME = /^[A-Za-z0-9-]{1,64}$/;
const LIST_MAX = 256;
/** `true` or a number of hops would believe whoever connects. */
const PROXIES =
  'must be a list of addresses or networks such as 10.0.0.2, never true or a number of hops';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Everything that can be set, after defaults, file, environment and flags were laid over each other.
 * Made once by `loadConfig`, frozen, injected by this class. docs/configuration.md explains each key.
 */
export class TmuxyConfig {
  /** Address to listen on. Beyond loopback only as `lint/network-rules.ts` allows. */
  @IsString()
  @IsNotEmpty()
  readonly host: string;

  /** 0 picks a free port. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number;

  /** `/`, or a path without trailing slash such as `/tmux`. */
  @Matches(/^\/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)?$/, {
    message: 'must be / or start with / and have plain segments, such as /tmux',
  })
  readonly basePath: string;

  /** tmux's `-L`; neither this nor `socketPath`: tmux's default socket. */
  @IsOptional()
  @Matches(/^[^/\p{Cc}]+$/u, { message: 'must be a name without / (a path goes into socketPath)' })
  readonly socketName?: string;

  /** tmux's `-S`. */
  @IsOptional()
  @Matches(/^\/[^\p{Cc}]+$/u, { message: 'must be an absolute path' })
  readonly socketPath?: string;

  /** tmux's `TMUX_TMPDIR`: the directory that holds its directory of sockets; `/tmp` when absent. */
  @IsOptional()
  @Matches(/^\/[^\p{Cc}]*$/u, { message: 'must be an absolute path' })
  readonly tmuxTmpDir?: string;

  /** tmux's executable, a path or a name to be found in PATH. */
  @IsString()
  @IsNotEmpty()
  readonly tmuxBin: string;

  /** Where sign-ins and the addresses of running servers are kept. */
  @Matches(/^\/[^\p{Cc}]*$/u, { message: 'must be an absolute path' })
  readonly stateDir: string;

  @IsIn(LOG_LEVELS)
  readonly logLevel: LogLevel;

  @IsIn(LOG_FORMATS)
  readonly logFormat: LogFormat;

  /** Most history lines of a pane that a snapshot carries. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly historyLines: number;

  /** Most bytes that may wait for one slow viewer before it is told to start from a snapshot. */
  @IsInt()
  @Min(64 * KIB)
  @Max(256 * MIB)
  readonly viewerQueueBytes: number;

  /** Most bytes of past events kept per session for viewers that come back. */
  @IsInt()
  @Min(0)
  @Max(256 * MIB)
  readonly ringBytes: number;

  /** How long the control client of a session stays after its last viewer left. */
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly graceMs: number;

  /** Session made when tmux runs none; empty: none is made. */
  @Matches(/^(?:[^:.#\p{Cc}\s][^:.#\p{Cc}]*)?$/u, {
    message: 'must be a tmux session name: no colon, full stop, # or control character',
  })
  @MaxLength(NAME_MAX_LENGTH)
  readonly createSession: string;

  /** Origins under which browsers reach us; say which hosts, which `Origin` and whether cookies are secure. */
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @Matches(ORIGIN, { each: true, message: 'must be origins such as https://term.example.com' })
  readonly publicOrigins: readonly string[];

  /** Origins that get CORS headers; none by default. Cookies are never taken from them. */
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @Matches(ORIGIN, {
    each: true,
    message: 'must be exact origins such as https://tools.example.com',
  })
  readonly corsOrigins: readonly string[];

  /** Addresses or networks (CIDR) of reverse proxies; only their `X-Forwarded-*` and user header count. */
  @IsArray({ message: PROXIES })
  @ArrayMaxSize(LIST_MAX)
  @IsString({ each: true, message: PROXIES })
  readonly trustedProxies: readonly string[];

  /** Header with the user's name; absent: none is believed. */
  @IsOptional()
  @Matches(HEADER_NAME, { message: 'must be the name of a header' })
  readonly proxyUserHeader?: string;

  /** Header with the user's groups, separated by commas. */
  @IsOptional()
  @Matches(HEADER_NAME, { message: 'must be the name of a header' })
  readonly proxyGroupsHeader?: string;

  /** File whose first line the proxy must send in `X-Tmuxy-Proxy-Secret` to be believed about users. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly proxySecretFile?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly tlsCert?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly tlsKey?: string;

  /** Mozilla's server-side TLS profile: `intermediate` is 1.2 and 1.3, `modern` 1.3 only. */
  @IsIn(TLS_PROFILES)
  readonly tlsProfile: TlsProfile;

  /** `none`: everybody who reaches us is the local owner. Refused off loopback. */
  @IsIn(AUTH_MODES)
  readonly auth: AuthMode;

  /** Whether passwords are taken, on the page and by HTTP Basic. Without users they sign nobody in. */
  @IsBoolean()
  readonly passwords: boolean;

  @IsInt()
  @Min(1)
  @Max(525_600)
  readonly signInIdleMinutes: number;

  @IsInt()
  @Min(1)
  @Max(8_760)
  readonly signInHours: number;

  /** `sqlite:/absolute/file` or `postgresql://…`; absent: `<stateDir>/tmuxy.db`. */
  @IsOptional()
  @Matches(/^(?:sqlite:\/|postgres(?:ql)?:\/\/)/, {
    message: 'must begin with sqlite:/ or postgresql://',
  })
  readonly databaseUrl?: string;

  /** File whose first line is `databaseUrl`, which is a secret when it holds a password. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly databaseUrlFile?: string;

  /** Most event streams open under one credential; one more ends the oldest. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly streamsPerCredential: number;

  /** Nobody types or changes anything, whoever they are. */
  @IsBoolean()
  readonly readOnly: boolean;

  /** Patterns of sessions that nobody types in or changes. */
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @Matches(SESSION_PATTERN, { each: true, message: 'must be patterns of session names' })
  readonly readOnlySessions: readonly string[];

  /** The relaxation for listening beyond loopback without TLS. */
  @IsBoolean()
  readonly unsafePlainHttp: boolean;

  @ValidateNested()
  readonly roles: RolesSection;

  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @ValidateNested({ each: true })
  readonly groups: readonly GroupSection[];

  @IsOptional()
  @ValidateNested()
  readonly oidc?: OidcSection;

  @ValidateNested()
  readonly policy: PolicySection;

  @ValidateNested()
  readonly audit: AuditSection;

  @ValidateNested()
  readonly files: FilesSection;

  constructor(values: ConfigValues) {
    this.host = values.host;
    this.port = values.port;
    this.basePath = values.basePath;
    if (values.socketName !== undefined) this.socketName = values.socketName;
    if (values.socketPath !== undefined) this.socketPath = values.socketPath;
    if (values.tmuxTmpDir !== undefined) this.tmuxTmpDir = values.tmuxTmpDir;
    this.tmuxBin = values.tmuxBin;
    this.stateDir = values.stateDir;
    this.logLevel = values.logLevel;
    this.logFormat = values.logFormat;
    this.historyLines = values.historyLines;
    this.viewerQueueBytes = values.viewerQueueBytes;
    this.ringBytes = values.ringBytes;
    this.graceMs = values.graceMs;
    this.createSession = values.createSession;
    this.publicOrigins = values.publicOrigins;
    this.corsOrigins = values.corsOrigins;
    this.trustedProxies = values.trustedProxies;
    if (values.proxyUserHeader !== undefined) this.proxyUserHeader = values.proxyUserHeader;
    if (values.proxyGroupsHeader !== undefined) this.proxyGroupsHeader = values.proxyGroupsHeader;
    if (values.proxySecretFile !== undefined) this.proxySecretFile = values.proxySecretFile;
    if (values.tlsCert !== undefined) this.tlsCert = values.tlsCert;
    if (values.tlsKey !== undefined) this.tlsKey = values.tlsKey;
    this.tlsProfile = values.tlsProfile;
    this.auth = values.auth;
    this.passwords = values.passwords;
    this.signInIdleMinutes = values.signInIdleMinutes;
    this.signInHours = values.signInHours;
    if (values.databaseUrl !== undefined) this.databaseUrl = values.databaseUrl;
    if (values.databaseUrlFile !== undefined) this.databaseUrlFile = values.databaseUrlFile;
    this.streamsPerCredential = values.streamsPerCredential;
    this.readOnly = values.readOnly;
    this.readOnlySessions = values.readOnlySessions;
    this.unsafePlainHttp = values.unsafePlainHttp;
    this.roles = section(RolesSection, values.roles);
    this.groups = Array.isArray(values.groups)
      ? values.groups.map((group: GroupSection) => section(GroupSection, group))
      : values.groups;
    if (values.oidc !== undefined) this.oidc = section(OidcSection, values.oidc);
    this.policy = section(PolicySection, values.policy);
    this.audit = section(AuditSection, values.audit);
    this.files = section(FilesSection, values.files);
    Object.freeze(this);
  }
}

/** Gives plain values their class, whose rules are then asked; what is no mapping stays as it is and fails them. */
function section<T extends object>(type: new () => T, value: T): T {
  return typeof value === 'object' && !Array.isArray(value) ? plainToInstance(type, value) : value;
}

/** The plain values of a {@link TmuxyConfig}. */
export type ConfigValues = Readonly<TmuxyConfig>;

/** What holds where nobody says otherwise. `stateDir` and `logFormat` depend on the machine. */
export const CONFIG_DEFAULTS = {
  host: '127.0.0.1',
  port: 9000,
  basePath: '/',
  tmuxBin: 'tmux',
  logLevel: 'info',
  historyLines: 10_000,
  viewerQueueBytes: 2 * MIB,
  ringBytes: 4 * MIB,
  graceMs: 5_000,
  createSession: 'main',
  publicOrigins: [],
  corsOrigins: [],
  trustedProxies: [],
  tlsProfile: 'intermediate',
  auth: 'required',
  passwords: true,
  signInIdleMinutes: 30,
  signInHours: 12,
  streamsPerCredential: 128,
  readOnly: false,
  readOnlySessions: [],
  unsafePlainHttp: false,
  roles: {},
  groups: [],
  policy: {},
  audit: {},
  files: {},
} as const satisfies Partial<Record<keyof ConfigValues, unknown>>;
