import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { TmuxyConfig } from '../config/config.js';
import { errorCode } from '../config/error-code.js';
import { styleNonceOf } from '../http/security-headers.js';
import { isApiPath, isHashed, isNavigation, withBaseHref, withStyleNonce } from './index-page.js';

/** Token of the folder with the built web app. */
export const WEB_ROOT = Symbol('web-root');

const NOT_BUILT = `The web app is not built, so there is nothing to show here.

Run 'npm start' in tmuxy's folder: it builds what is missing and starts the server.
`;

/** Serves the built web app; pages of its own routes get index.html. */
@Injectable()
export class WebMiddleware implements NestMiddleware {
  readonly #root: string;
  readonly #basePath: string;
  readonly #files: RequestHandler;

  constructor(@Inject(WEB_ROOT) root: string, config: TmuxyConfig) {
    this.#root = root;
    this.#basePath = config.basePath;
    this.#files = express.static(root, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      // The app's files are read whole.
      acceptRanges: false,
      setHeaders: (response, file) => {
        response.setHeader(
          'Cache-Control',
          isHashed(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }

  use(request: Request, response: Response, next: NextFunction): void {
    const { method, path } = request;
    if ((method !== 'GET' && method !== 'HEAD') || isApiPath(path)) {
      next();
    } else if (path === '/' || path === '/index.html') {
      this.#sendIndex(response).catch(next);
    } else {
      void this.#files(request, response, (error?: unknown) => {
        if (error !== undefined || !isNavigation(method, request.headers.accept)) next(error);
        else this.#sendIndex(response).catch(next);
      });
    }
  }

  async #sendIndex(response: Response): Promise<void> {
    const html = await this.#readIndex();
    if (html === undefined) response.status(503).type('text/plain').send(NOT_BUILT);
    else {
      const based = withBaseHref(html, this.#basePath);
      response.type('text/html').send(withStyleNonce(based, styleNonceOf(response)));
    }
  }

  /** Read each time: a new build shows without a restart. */
  async #readIndex(): Promise<string | undefined> {
    try {
      return await readFile(join(this.#root, 'index.html'), 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}
