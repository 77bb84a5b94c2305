import { SetMetadata } from '@nestjs/common';

export const PUBLIC = Symbol('public');

/** Opens a route to everybody; without it the guard asks for an identity. */
export const Public = () => SetMetadata(PUBLIC, true);
