import { randomBytes } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { outsideOf } from './edge/outside.js';
import { isLoopbackHost } from './edge/own-origins.js';

/** How long a browser keeps to https once it has seen us there. */
const HSTS_SECONDS = 2 * 365 * 24 * 3600;

const nonces = new WeakMap<object, string>();

/** The number, used once, that the page of this answer gives its own `<style>` elements. */
export function styleNonceOf(response: ServerResponse): string {
  const known = nonces.get(response);
  if (known !== undefined) return known;
  const nonce = nextNonce();
  nonces.set(response, nonce);
  return nonce;
}

const NONCE_BYTES = 16;
/** Random bytes for many answers at once: each call of the system costs more than a key press should. */
const NONCES_AT_ONCE = 256;
let random = Buffer.alloc(0);
let randomUsed = 0;

function nextNonce(): string {
  if (randomUsed >= random.length) {
    random = randomBytes(NONCES_AT_ONCE * NONCE_BYTES);
    randomUsed = 0;
  }
  randomUsed += NONCE_BYTES;
  return random.toString('base64url', randomUsed - NONCE_BYTES, randomUsed);
}

/** What no page of ours uses. Reading the clipboard is asked for by "Paste" in the menus. */
const PERMISSIONS = [
  'accelerometer=()',
  'bluetooth=()',
  'camera=()',
  'clipboard-read=(self)',
  'clipboard-write=(self)',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-get=()',
  'screen-wake-lock=()',
  'serial=()',
  'usb=()',
  'xr-spatial-tracking=()',
].join(', ');

/** Headers of every answer, errors too. */
export function securityHeaders(): RequestHandler {
  const byHelmet = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", nonceSource],
        styleSrcElem: ["'self'", nonceSource],
        // xterm and the workbench place and size things by style attributes, which cannot have a nonce.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        // The page says with <base> below which path it lives; it can only be of our own origin.
        baseUri: ["'self'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['angular', 'angular#bundler'],
      },
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Set below: only who came by https is to stay there.
    strictTransportSecurity: false,
  });
  const fixed = headersBy(byHelmet);
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('Permissions-Policy', PERMISSIONS);
    const { secure, host } = outsideOf(request);
    // It holds for all ports of a host, so on loopback it would take http from everything else there.
    if (secure && !isLoopbackHost(host)) {
      response.setHeader('Strict-Transport-Security', `max-age=${String(HSTS_SECONDS)}`);
    }
    for (const [name, parts] of fixed) {
      response.setHeader(name, parts.join(styleNonceOf(response)));
    }
    next();
  };
}

/** Notes which headers are set on it, as they are written. */
class NotingResponse extends ServerResponse {
  readonly noted: (readonly [name: string, value: string])[] = [];

  override setHeader(name: string, value: unknown): this {
    this.noted.push([name, String(value)]);
    return this;
  }
}

type Headers = readonly (readonly [name: string, valueAroundNonce: readonly string[]])[];

/** What helmet sets on an answer. It is the same for all but for the nonce, so it is asked once. */
function headersBy(byHelmet: ReturnType<typeof helmet>): Headers {
  const request = new IncomingMessage(new Socket());
  const response = new NotingResponse(request);
  byHelmet(request, response, (error) => {
    if (error !== undefined) throw new Error('helmet refused its options', { cause: error });
  });
  const nonce = styleNonceOf(response);
  return response.noted.map(([name, value]) => [name, value.split(nonce)]);
}

function nonceSource(_request: IncomingMessage, response: ServerResponse): string {
  return `'nonce-${styleNonceOf(response)}'`;
}

/** For answers to what is no request, which pass none of the above. */
export const BARE_SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': PERMISSIONS,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
} as const satisfies Readonly<Record<string, string>>;

/** Answers are about now; only the static app says otherwise for its own files. */
export function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
