import { SetMetadata } from '@nestjs/common';

export const NO_ACTIVITY = Symbol('no-activity');

/** Marks a route that pages ask for by themselves, so that it does not keep a sign-in from running out. */
export const NoActivity = () => SetMetadata(NO_ACTIVITY, true);
