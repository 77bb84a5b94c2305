import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Where Nest tells of every module and route at start; of use only to who looks for a fault there. */
const BOOT_CONTEXTS: ReadonlySet<unknown> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's log through pino, with the framework's own start-up lines at `debug`. */
@Injectable()
export class AppLogger extends Logger {
  override log(message: unknown, ...params: unknown[]): void {
    if (BOOT_CONTEXTS.has(params.at(-1))) this.debug(message, ...params);
    else super.log(message, ...params);
  }
  /** `NestApplication` logs a failed listen and throws it as well; the command line tells of it. */
  override error(message: unknown, ...params: unknown[]): void {
    if (params.at(-1) === 'NestApplication') this.debug(message, ...params);
    else super.error(message, ...params);
  }
}
