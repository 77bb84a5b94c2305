import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** Body of `POST /api/sessions` and `PATCH /api/sessions/:id`. */
export class SessionNameDto {
  /** Letters, digits, spaces and `_ + @ -`; at most 64 characters. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  readonly name!: string;
}
