import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { NAME_MAX_LENGTH } from '#dto/constants';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['pretty', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * Everything that can be set, after defaults, file, environment and flags were laid over each other.
 * Made once by `loadConfig`, frozen, injected by this class. docs/configuration.md explains each key.
 */
export class TmuxyConfig {
  /** Address to listen on; loopback only. */
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
    Object.freeze(this);
  }
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
} as const satisfies Partial<ConfigValues>;
