import { Module } from '@nestjs/common';
import { Refusals } from './refusals.js';

/** Where it is told that something was refused, and heard. */
@Module({ providers: [Refusals], exports: [Refusals] })
export class RefusalsModule {}
