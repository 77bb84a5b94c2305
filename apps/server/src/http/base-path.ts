import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { NotFoundError } from './app-error.js';

/**
 * Serves everything below `basePath`: takes it off the address, so that routes need not know it.
 * `/tmux` itself is sent to `/tmux/`; what is not below it is not found.
 *
 * @param basePath `/`, or a path without trailing slash
 */
export function belowBasePath(basePath: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (basePath === '/') {
      next();
      return;
    }
    const end = request.url.indexOf('?');
    const path = end < 0 ? request.url : request.url.slice(0, end);
    const query = end < 0 ? '' : request.url.slice(end);
    if (path === basePath) {
      response.redirect(308, `${basePath}/${query}`);
    } else if (path.startsWith(`${basePath}/`)) {
      request.url = path.slice(basePath.length) + query;
      next();
    } else {
      next(new NotFoundError(`Everything is below ${basePath}/ here.`));
    }
  };
}
