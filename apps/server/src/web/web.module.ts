import {
  type DynamicModule,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  RequestMethod,
} from '@nestjs/common';
import { WEB_ROOT, WebMiddleware } from './web.middleware.js';

/** The static web app. Imported after the logger, whose lines then tell of its files too. */
@Module({})
export class WebModule implements NestModule {
  static forRoot(root: string): DynamicModule {
    return { module: WebModule, providers: [{ provide: WEB_ROOT, useValue: root }] };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(WebMiddleware).forRoutes({ path: '{/*path}', method: RequestMethod.ALL });
  }
}
