import { SetMetadata } from '@nestjs/common';

export const STREAMED_BODY = Symbol('streamed-body');

/** The route reads its body itself, and bounds it; it must be of this content type. */
export const StreamedBody = (contentType: string) => SetMetadata(STREAMED_BODY, contentType);
